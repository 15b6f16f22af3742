import { copyFile, mkdir, open, rm } from 'node:fs/promises'
import type { Clock } from '../../machinery/host/clock.ts'
import type { Log } from '../../machinery/host/log.ts'
import { Scope } from '../../machinery/host/scope.ts'
import type { Acceleration } from '../acceleration.ts'
import type { LabNetwork } from '../network.ts'
import { IPMI_PORT, startBmc } from './bmc.ts'
import { type Chassis, connectChassis } from './chassis.ts'
import { type Console, consoleIn } from './console.ts'
import { startGuest } from './guest.ts'
import type { MachinePlan } from './plan.ts'
import { Power, type PowerEvent } from './power.ts'
import { OVMF_VARS } from './qemu.ts'

export interface RackOptions {
  readonly machines: readonly MachinePlan[]
  readonly network: LabNetwork
  /** Disks, logs and consoles: a folder a machine, made anew. */
  readonly dir: string
  readonly acceleration: Acceleration
  readonly clock: Clock
  readonly log: Log
  readonly onPower?: (machine: MachinePlan, event: PowerEvent) => void
}

export interface Machine {
  readonly plan: MachinePlan
  readonly dir: string
  readonly power: Power
  readonly console: Console
  readonly bmc: { readonly address: string; readonly port: number }
}

export interface Rack extends AsyncDisposable {
  readonly machines: readonly Machine[]
}

/** Racks up machines that are switched off, each with an empty disk and a BMC that answers. */
export async function startRack(options: RackOptions): Promise<Rack> {
  const scope = new Scope()
  try {
    const machines: Machine[] = []
    for (const [index, plan] of options.machines.entries()) {
      machines.push(await rackUp(plan, `port${index}`, options, scope))
    }
    return { machines, [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose]() }
  } catch (fault) {
    await scope[Symbol.asyncDispose]()
    throw fault
  }
}

async function rackUp(plan: MachinePlan, tap: string, options: RackOptions, scope: Scope): Promise<Machine> {
  const { network, acceleration, clock } = options
  const dir = `${options.dir}/${plan.name}`
  const log = options.log.with({ mac: plan.mac, machine: plan.name })
  await makeParts(plan, dir)
  await network.addTap(tap)
  await network.addAddress(plan.bmc.address)
  let chassis: Chassis | undefined
  const power = new Power({
    log,
    now: () => clock.now(),
    start: (boot, onReset) => startGuest({ plan, acceleration, tap, boot, dir, enter: network.enter, onReset }),
    onEvent(event) {
      log.info('the machine’s power changed', { power: event.is, boot: event.boot })
      options.onPower?.(plan, event)
      void chassis?.publish()
    },
  })
  scope.hold(power)
  chassis = scope.hold(await connectChassis(dir, power))
  scope.hold(await startBmc({ name: plan.name, plan: plan.bmc, dir, enter: network.enter }))
  const bmc = { address: plan.bmc.address, port: IPMI_PORT }
  return { plan, dir, power, console: consoleIn(dir), bmc }
}

async function makeParts(plan: MachinePlan, dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  await using disk = await open(`${dir}/disk.raw`, 'wx')
  await disk.truncate(plan.diskGib * 1024 ** 3)
  if (plan.firmware === 'uefi') await copyFile(OVMF_VARS, `${dir}/vars.fd`)
}
