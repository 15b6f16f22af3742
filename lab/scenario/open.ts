import { randomInt } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { buildHookOs, KERNEL } from '../../hook/build.ts'
import { bundleWorker } from '../../hook/bundle.ts'
import type { Client } from '../../machinery/api/client.ts'
import { Pod } from '../../machinery/api/core.ts'
import { remoteClient } from '../../machinery/api/remote/client.ts'
import { loadKubeconfig } from '../../machinery/api/remote/kubeconfig.ts'
import { systemClock } from '../../machinery/host/clock.ts'
import type { Log } from '../../machinery/host/log.ts'
import { Scope } from '../../machinery/host/scope.ts'
import { type Acceleration, probeAcceleration } from '../acceleration.ts'
import { command } from '../command.ts'
import { buildOsImage, type OsImage } from '../image/build.ts'
import type { MachinePlan } from '../machine/plan.ts'
import { type Rack, startRack } from '../machine/rack.ts'
import { type LabNetwork, openNetwork } from '../network.ts'
import { openApiDoor, writeKubeconfig } from './api-door.ts'
import { Bellhop } from './bellhop.ts'
import { hardwareCsv, LAB, type Plan } from './plan.ts'
import { until } from './until.ts'

/** What is built once and kept: the installer OS and the system that is installed. */
export interface Built {
  readonly hookOs: string
  readonly image: OsImage
  readonly acceleration: Acceleration
}

export interface LabOptions {
  readonly plans: readonly Plan[]
  readonly built: Built
  /** The lab's folder: data, disks, logs, keys, the report. Made anew. */
  readonly dir: string
  readonly log: Log
  readonly signal: AbortSignal
  /** More settings of `bellhop up`. */
  readonly settings?: Readonly<Record<string, string>>
  /** Machines that are in the list and not in the rack: nobody answers at their BMC's address. */
  readonly missing?: readonly Plan[]
  /** What the machines are made of, where it is not the usual. */
  readonly hardware?: Partial<Pick<MachinePlan, 'cpus' | 'memoryMib'>>
}

/** A lab that stands: bellhop serving, machines racked up and switched off. */
export interface Lab extends AsyncDisposable {
  readonly client: Client
  readonly network: LabNetwork
  readonly rack: Rack
  readonly bellhop: Bellhop
  readonly kubeconfig: string
  readonly ssh: { readonly keyFile: string; readonly publicKey: string }
  /** Waits until bellhop's services are all ready. */
  ready(): Promise<void>
}

export async function build(cacheDir: string, log: Log, signal: AbortSignal): Promise<Built> {
  const hookOs = await builtHookOs(cacheDir, log)
  const image = await buildOsImage({ cacheDir, log, signal })
  return { hookOs, image, acceleration: await probeAcceleration(join(hookOs, KERNEL), log) }
}

/** The folder with the installer OS, built from today's sources if need be. */
export async function builtHookOs(cacheDir: string, log: Log): Promise<string> {
  const { worker } = await bundleWorker(join(cacheDir, 'worker'))
  const { dir } = await buildHookOs({ cacheDir, workerBundle: worker, log: line => log.info(line) })
  return dir
}

export async function openLab(options: LabOptions): Promise<Lab> {
  const scope = new Scope()
  try {
    return await buildLab(options, scope)
  } catch (fault) {
    await scope[Symbol.asyncDispose]()
    throw fault
  }
}

async function buildLab(options: LabOptions, scope: Scope): Promise<Lab> {
  const { plans, missing = [], built, dir, log, signal } = options
  await clear(dir)
  await writeFile(join(dir, 'hardware.csv'), hardwareCsv([...plans, ...missing]), { mode: 0o600 })
  const ssh = await makeKey(dir)
  const random = () => randomInt(2 ** 32) / 2 ** 32
  const network = scope.hold(await openNetwork({ dir, log, random, cidr: LAB.cidr }))
  const bellhop = scope.hold(
    new Bellhop({ network, settings: settingsOf(options, network), logFile: join(dir, 'bellhop.log') }),
  )
  bellhop.start()
  const door = scope.hold(await openApiDoor(join(dir, 'api.sock')))
  const machines = plans.map(plan => ({ ...machineOf(plan), ...options.hardware }))
  const rack = scope.hold(
    await startRack({
      machines,
      network,
      dir: resolve(dir, 'machines'),
      acceleration: built.acceleration,
      clock: systemClock,
      log,
    }),
  )
  const kubeconfig = join(dir, 'kubeconfig')
  const patience = { milliseconds: START_MOST, signal, mustGoOn: () => bellhop.mustRun() }
  await until('bellhop has written its kubeconfig', () => leadThrough(door.port, dir), patience)
  const client = scope.hold(remoteClient(loadKubeconfig(kubeconfig)))
  const ready = async () => void (await until('every service is ready', () => allReady(client), patience))
  await ready()
  return {
    client,
    network,
    rack,
    bellhop,
    kubeconfig,
    ssh,
    ready,
    [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
  }
}

/** Everything of the last run but the record of its namespaces, which says what is still to be swept. */
async function clear(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const old = [
    'data',
    'machines',
    'api.sock',
    'bellhop.log',
    'kubeconfig',
    'hardware.csv',
    'id_ed25519',
    'id_ed25519.pub',
    'report.json',
  ]
  for (const name of old) await rm(join(dir, name), { recursive: true, force: true })
}

async function makeKey(dir: string): Promise<Lab['ssh']> {
  const keyFile = join(dir, 'id_ed25519')
  await command(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'operator@lab', '-f', keyFile])
  return { keyFile, publicKey: (await readFile(`${keyFile}.pub`, 'utf8')).trim() }
}

function settingsOf({ built, dir, settings }: LabOptions, network: LabNetwork): Record<string, string> {
  return {
    interface: network.bridge,
    'data-dir': join(dir, 'data'),
    'api-socket': join(dir, 'api.sock'),
    'public-address': LAB.server,
    'hardware-csv': join(dir, 'hardware.csv'),
    'hookos-dir': built.hookOs,
    'images-dir': dirname(built.image.path),
    // The lab's machines have their serial port where the lab reads it; upstream's default is the second one.
    'kernel-args': 'console=ttyS0,115200',
    ...settings,
  }
}

function machineOf({ name, mac, firmware, bmc }: Plan): MachinePlan {
  return { name, mac, firmware, nic: 'virtio-net-pci', disk: 'sata', diskGib: 4, memoryMib: 1536, cpus: 2, bmc }
}

const START_MOST = 60_000
/** Writes the kubeconfig of clients outside of the namespace. */
async function leadThrough(port: number, dir: string): Promise<true> {
  await writeKubeconfig(join(dir, 'data', 'kubeconfig'), join(dir, 'kubeconfig'), port)
  return true
}

async function allReady(client: Client): Promise<boolean> {
  const { items } = await client.list(Pod, { namespace: 'eksa-system' })
  return items.length > 0 && items.every(pod => pod.status?.containerStatuses?.every(({ ready }) => ready) ?? false)
}
