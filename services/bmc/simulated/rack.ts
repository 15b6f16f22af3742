import { type Action, BmcMachine, Job } from '../../../machinery/api/bmc.ts'
import type { Client } from '../../../machinery/api/client.ts'
import { Secret } from '../../../machinery/api/core.ts'
import { Hardware } from '../../../machinery/api/hardware.ts'
import { MemoryJournal } from '../../../machinery/api/journal.ts'
import { make } from '../../../machinery/api/kind.ts'
import { runController, worldOf } from '../../../machinery/control/controller.ts'
import type { Host } from '../../../machinery/host/host.ts'
import { createLog, type LogLine } from '../../../machinery/host/log.ts'
import type { Scope } from '../../../machinery/host/scope.ts'
import { SimulatedClock } from '../../../machinery/host/simulated/clock.ts'
import { bmcControllers } from '../controllers.ts'
import { ipmiDriver } from '../ipmi/driver.ts'
import { SimulatedBmc } from './bmc.ts'
import { Life } from './life.ts'
import { SimulatedNetwork } from './network.ts'

export const namespace = 'eksa-system'
const ADDRESS = '192.0.2.5'
const base64 = (text: string) => Buffer.from(text).toString('base64')

type OpenApi = (host: Host) => Promise<{ readonly client: Client } & AsyncDisposable>

/** One machine with its BMC, the API with its objects, and the controllers at work; time moves when it is told to. */
export async function rack(scope: Scope, openApi: OpenApi, { password = 'password' } = {}) {
  const clock = new SimulatedClock()
  const lines: LogLine[] = []
  const host = { clock, log: createLog(clock, line => lines.push(line)), random: () => 0.5 }
  const { client } = scope.hold(await openApi(host))
  const network = new SimulatedNetwork({ clock })
  const bmc = new SimulatedBmc()
  network.connect({ address: ADDRESS, port: 623 }, bmc)
  const journal = new MemoryJournal()
  await client.create(
    Hardware,
    make(Hardware, {
      metadata: { name: 'rack1', namespace },
      spec: { bmcRef: { kind: 'Machine', name: 'bmc-rack1' } },
    }),
  )
  await client.create(Secret, secret(password))
  await client.create(BmcMachine, machine())
  let life = new Life()
  scope.onClose(() => life.end())
  /** Starts the controllers; those that run already are killed where they stand, in the middle of whatever they do. `asks`: see Life. */
  const start = async (asks?: number) => {
    life.end()
    life = new Life(asks)
    const world = worldOf(life.bound(client), host)
    const udp = { open: life.opening(network), openLink: network.openLink }
    const controllers = bmcControllers({ host, journal, drivers: [ipmiDriver({ udp, host })] })
    for (const { for: kind, reads } of controllers) {
      for (const each of [kind, ...reads.map(other => other.kind)]) world.cache(each)
    }
    await world.caches.start(life.signal)
    for (const controller of controllers) void runController(controller, world, life.signal)
  }
  const ended = () => life.signal.aborted
  return { clock, client, bmc, network, journal, lines, start, ended }
}

export function secret(password: string): Secret {
  const data = { username: base64('admin'), password: base64(password) }
  return make(Secret, { metadata: { name: 'bmc-rack1-auth', namespace }, data })
}

export function machine(): BmcMachine {
  const authSecretRef = { name: 'bmc-rack1-auth', namespace }
  return make(BmcMachine, {
    metadata: { name: 'bmc-rack1', namespace },
    spec: {
      connection: { host: ADDRESS, insecureTLS: true, authSecretRef, providerOptions: { preferredOrder: ['gofish'] } },
    },
  })
}

/** The job of the EKS Anywhere documents, unless told otherwise. */
export function provision(tasks: readonly Action[] = PROVISION): Job {
  return make(Job, {
    metadata: { name: 'rack1-provision', namespace },
    spec: { machineRef: { name: 'bmc-rack1', namespace }, tasks },
  })
}

const PROVISION: readonly Action[] = [
  { powerAction: 'off' },
  { oneTimeBootDeviceAction: { device: ['pxe'], efiBoot: true } },
  { powerAction: 'on' },
]

/** Lets time pass, a little at a time, until the condition holds: at most half an hour of it. */
export async function until(clock: SimulatedClock, condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let steps = 0; steps < 7200; steps++) {
    for (let turns = 0; turns < 5; turns++) {
      if (await condition()) return
      await new Promise(resolve => setImmediate(resolve))
    }
    await clock.advance(250)
  }
  throw new Error('it never came to be')
}
