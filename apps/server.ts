import { hostname } from 'node:os'
import { join } from 'node:path'
import { CUSTOM_KINDS } from '../machinery/api/kinds.ts'
import { type ApiServer, openApiServer } from '../machinery/apiserver/server.ts'
import { Caches } from '../machinery/control/caches.ts'
import { runControllers } from '../machinery/control/controller.ts'
import type { Host } from '../machinery/host/host.ts'
import { LogBook } from '../machinery/host/logbook.ts'
import { aborted, Scope } from '../machinery/host/scope.ts'
import { ApiJournal } from '../machinery/journal/journal.ts'
import { templateAdmission } from '../services/workflow/admission.ts'
import type { Config } from './config.ts'
import { prepareDataDir } from './data-dir.ts'
import { checkGround } from './ground.ts'
import { hookOsFolder } from './hookos.ts'
import { readInventory } from './inventory.ts'
import { type Rooms, serviceParts } from './parts.ts'
import { Pods, podKey, type ServiceName, serviceHost } from './pods.ts'
import { openSocketDoor } from './socket-door.ts'
import { type Part, supervise } from './supervise.ts'

export interface ServerOptions {
  readonly config: Config
  readonly version: string
  readonly host: Host
}

/** Serves until the signal is aborted, or a fault ends it; either way everything that was started is told to end. */
export async function runServer(options: ServerOptions, signal: AbortSignal): Promise<void> {
  await using scope = new Scope()
  const over = new AbortController()
  try {
    await serve(options, scope, AbortSignal.any([signal, over.signal]))
  } finally {
    over.abort()
  }
}

/** The whole server. Whatever cannot be is found out before anything is served; closing runs the other way round. */
async function serve({ config, version, host }: ServerOptions, scope: Scope, signal: AbortSignal): Promise<void> {
  const inventory = await readInventory(config.hardwareCsv)
  await checkGround(config)
  await prepareDataDir(config.dataDir)
  const hookOs = await hookOsFolder(config, host.log)

  const logs = new LogBook({ directory: join(config.dataDir, 'logs') })
  const { dataDir } = config
  const rules = [templateAdmission]
  const api = scope.hold(await openApiServer({ dataDir, host, kinds: CUSTOM_KINDS, rules, podLogs: logs }))
  await openDoors(api, config, scope)

  const client = api.client({ user: 'system:bellhop', groups: ['system:masters'] })
  const caches = new Caches(client, host)
  const journal = scope.hold(new ApiJournal(client, host))
  const address = config.publicAddress ?? '127.0.0.1'
  const pods = await Pods.open({ client, host, node: hostname(), address, version })
  const services = serviceParts({ config, hookOs, journal, signal, room: roomOf({ api, caches, host, logs, pods }) })

  await caches.start(signal)
  await inventory.apply(client, host.log)
  const running = runControllers(services.controllers, signal)
  scope.onClose(() => running)
  const onHealth = ({ service, what }: Part, trouble: string | undefined) => void pods.setHealth(service, what, trouble)
  scope.hold(await supervise(services.parts, { host, signal, onHealth }))

  const kubeconfig = join(dataDir, 'kubeconfig')
  host.log.info('ready', { interface: config.interface.join(','), apiPort: config.apiPort, kubeconfig })
  await aborted(signal)
  host.log.info('stopping')
}

async function openDoors(api: ApiServer, config: Config, scope: Scope): Promise<void> {
  const names = config.publicAddress ? [config.publicAddress] : []
  const door = scope.hold(await api.listen({ address: config.apiAddress, port: config.apiPort, names }))
  if (config.apiSocket !== undefined) scope.hold(await openSocketDoor(config.apiSocket, door.port))
}

interface Building {
  readonly api: ApiServer
  readonly caches: Caches
  readonly host: Host
  readonly logs: LogBook
  readonly pods: Pods
}

/** What a service is handed: its own log, its own identity at the API, and caches that all of them share. */
function roomOf({ api, caches, host, logs, pods }: Building): Rooms['room'] {
  return (service: ServiceName) => {
    const own = serviceHost(host, logs.sink(podKey(pods.nameOf(service))), service)
    const client = api.client({
      user: `system:serviceaccount:eksa-system:${service}`,
      groups: ['system:serviceaccounts'],
    })
    return { host: own, client, cache: kind => caches.of(kind) }
  }
}
