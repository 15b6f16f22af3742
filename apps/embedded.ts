import { hostname } from 'node:os'
import { join } from 'node:path'
import { CUSTOM_KINDS } from '../machinery/api/kinds.ts'
import { type ApiServer, openApiServer } from '../machinery/apiserver/server.ts'
import { LogBook } from '../machinery/host/logbook.ts'
import { Scope } from '../machinery/host/scope.ts'
import { templateAdmission } from '../services/workflow/admission.ts'
import { identityOf, makeAccounts } from './accounts.ts'
import type { AuditOptions } from './audit.ts'
import type { Cluster, ServerOptions } from './cluster.ts'
import type { Config } from './config.ts'
import { Pods, podKey, serviceHost } from './pods.ts'
import type { Account } from './rights.ts'
import { openSocketDoor } from './socket-door.ts'

/** The embedded Kubernetes API, in the data directory: one process, which always leads. */
export async function openEmbedded({ config, version, host }: ServerOptions, audit: AuditOptions): Promise<Cluster> {
  const scope = new Scope()
  try {
    const { dataDir } = config
    const logs = new LogBook({ directory: join(dataDir, 'logs') })
    const rules = [templateAdmission]
    const keys = config.encryptionKeyFile === undefined ? {} : { keyFile: config.encryptionKeyFile }
    const kinds = CUSTOM_KINDS
    const api = scope.hold(await openApiServer({ dataDir, host, kinds, rules, podLogs: logs, audit, ...keys }))
    await openDoors(api, config, scope)
    const kubeconfig = join(dataDir, 'kubeconfig')
    host.log.info('serving the Kubernetes API', { address: config.apiAddress, port: config.apiPort, kubeconfig })
    await makeAccounts(api.client({ user: 'system:bellhop', groups: ['system:masters'] }))
    const accountClient = (account: Account) => api.client(identityOf(account))
    const address = config.publicAddress ?? '127.0.0.1'
    const pods = await Pods.open({ client: accountClient('pods'), host, node: hostname(), address, version })
    return {
      serve: (work, signal) =>
        work({
          client: accountClient('bellhop'),
          accountClient,
          serviceHost: service => serviceHost(host, logs.sink(podKey(pods.nameOf(service))), service),
          onHealth: ({ service, what }, trouble) => void pods.setHealth(service, what, trouble),
          signal,
        }),
      [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
    }
  } catch (fault) {
    await scope[Symbol.asyncDispose]()
    throw fault
  }
}

async function openDoors(api: ApiServer, config: Config, scope: Scope): Promise<void> {
  const names = config.publicAddress ? [config.publicAddress] : []
  const door = scope.hold(await api.listen({ address: config.apiAddress, port: config.apiPort, names }))
  if (config.apiSocket !== undefined) scope.hold(await openSocketDoor(config.apiSocket, door.port))
}
