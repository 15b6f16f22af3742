import { randomUUID } from 'node:crypto'
import { constants, openSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { command, lineSplitter } from '../command.ts'
import type { Power } from './power.ts'

/**
 * What ipmi_sim runs for every question and order about the chassis: `chassis.sh MC get|set|check NAME [VALUE] ...`.
 * It is run while the BMC answers nobody else, so it is a few lines of shell: questions are answered from small files,
 * orders are put into a pipe that the lab reads. As with a real BMC, an order is acknowledged before it is done.
 */
export const CHASSIS_SCRIPT = `#!/bin/sh
cd "$(dirname "$0")" || exit 1
verb=$2
shift 2
case $verb in
  get) for name; do printf '%s:%s\\n' "$name" "$(cat "chassis/$name")"; done ;;
  set) while [ $# -gt 1 ]; do printf '%s %s\\n' "$1" "$2" >chassis/orders; shift 2; done ;;
esac
`

export interface Chassis extends AsyncDisposable {
  /** Writes down what the BMC answers when it is asked; to be called whenever the power changes. */
  publish(): Promise<void>
}

/** Connects the BMC's chassis control to a machine's power. */
export async function connectChassis(dir: string, power: Power): Promise<Chassis> {
  await mkdir(`${dir}/chassis`, { recursive: true })
  await writeFile(`${dir}/chassis.sh`, CHASSIS_SCRIPT, { mode: 0o755 })
  await command(['sh', '-c', 'test -p "$1" || mkfifo -m 600 "$1"', 'mkfifo', `${dir}/chassis/orders`])
  const publish = async () => {
    await replace(`${dir}/chassis/power`, power.state === 'on' ? '1' : '0')
    await replace(`${dir}/chassis/boot`, power.bootDevice === 'network' ? 'pxe' : 'default')
  }
  await publish()
  // Opened for writing too, so that the pipe never ends; as a socket, so that no thread of the pool waits on it.
  const pipe = openSync(`${dir}/chassis/orders`, constants.O_RDWR | constants.O_NONBLOCK)
  const orders = new Socket({ fd: pipe, readable: true, writable: false })
  const obey = lineSplitter(line => void carryOut(line, power).then(publish))
  orders.setEncoding('utf8').on('data', obey)
  return {
    publish,
    async [Symbol.asyncDispose]() {
      orders.destroy()
    },
  }
}

/** A file is never seen empty: the BMC would have to say that it does not know whether the machine is on. */
async function replace(path: string, text: string): Promise<void> {
  const made = `${path}.${randomUUID()}` // two may be under way at once
  await writeFile(made, text)
  await rename(made, path)
}

/** One line of the pipe. What is not known is not done: the BMC has already said yes to it. */
export async function carryOut(order: string, power: Power): Promise<void> {
  const [name, value] = order.split(' ')
  if (name === 'power') return value === '1' ? power.on() : power.off()
  if (name === 'reset' && value === '1') return power.reset()
  if (name === 'shutdown' && value === '1') return power.soft()
  if (name === 'boot') return power.bootOnce(value === 'pxe' ? 'network' : 'disk')
}
