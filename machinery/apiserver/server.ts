import { join } from 'node:path'
import type { Client } from '../api/client.ts'
import type { Kind } from '../api/kind.ts'
import type { Host } from '../host/host.ts'
import { type Access, openAccess } from './access/access.ts'
import { Auditor } from './audit/auditor.ts'
import { DEFAULT_POLICY } from './audit/default-policy.ts'
import { AuditLog } from './audit/log.ts'
import type { AuditPolicy } from './audit/policy.ts'
import { type ListenOptions, listenApi } from './http/listen.ts'
import type { PodLogs } from './http/logs.ts'
import { type Authority, openAuthority } from './pki/authority.ts'
import { writeWhole } from './pki/file.ts'
import { kubeconfigText } from './pki/kubeconfig.ts'
import { type AdmissionRule, ruleAdmission } from './registry/admission.ts'
import { expireEvents } from './registry/expiry.ts'
import type { Identity } from './registry/identity.ts'
import { openRegistry, type Registry } from './registry/registry.ts'
import { sqliteDisk } from './store/sqlite.ts'

export interface ApiServerOptions {
  /** Holds the store, the certificates and the kubeconfig; made if need be. */
  readonly dataDir: string
  readonly host: Host
  /** Custom kinds; those of Kubernetes are always served. */
  readonly kinds: readonly Kind[]
  /** Rules of the house, asked on every write. */
  readonly rules?: readonly AdmissionRule[]
  readonly podLogs?: PodLogs
  /** Requests are noted in this file; in none when absent. */
  readonly audit?: { readonly path: string; readonly policy?: AuditPolicy }
}

/** An open door of the API, and the key to it. */
export interface Door extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** The administrator's, as text and where it was written. */
  readonly kubeconfig: string
  readonly kubeconfigPath: string
}

/** The embedded Kubernetes API. */
export interface ApiServer extends AsyncDisposable {
  client(identity: Identity): Client
  /** Signs tokens with a new key from now on; what the old ones signed stays valid. */
  rotateTokenKey(): void
  /** Rejects with a HostFault when it cannot listen. */
  listen(options: ListenOptions): Promise<Door>
}

/** Opens the data directory and serves what is in it; rejects with a StoreFault or a HostFault when it cannot. */
export async function openApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { dataDir, host, kinds, rules = [], podLogs } = options
  const admission = rules.map(ruleAdmission)
  const registry = await openRegistry({ disk: sqliteDisk(dataDir), host, kinds, admission })
  const authority = openAuthority(dataDir, host.clock)
  const access = openAccess({ registry, authority, dataDir, host })
  await access.settled()
  const log = options.audit && new AuditLog({ path: options.audit.path, host })
  const audit = log && new Auditor(options.audit?.policy ?? DEFAULT_POLICY, log, host)
  const doorway = { registry, access, authority, dataDir, ...(podLogs && { podLogs }), ...(audit && { audit }) }
  const closing = new AbortController()
  const expiring = expireEvents(registry.room, closing.signal)
  return {
    client: identity => registry.client(identity),
    rotateTokenKey: () => access.keys.rotate(),
    listen: listening => openDoor(doorway, listening),
    async [Symbol.asyncDispose]() {
      closing.abort()
      await expiring
      await access[Symbol.asyncDispose]()
      await log?.[Symbol.asyncDispose]()
      await registry[Symbol.asyncDispose]()
    },
  }
}

interface Doorway {
  readonly registry: Registry
  readonly access: Access
  readonly authority: Authority
  readonly dataDir: string
  readonly podLogs?: PodLogs
  readonly audit?: Auditor
}

async function openDoor(doorway: Doorway, options: ListenOptions): Promise<Door> {
  const { registry, dataDir, ...rest } = doorway
  const { authority } = rest
  const anywhere = options.address === '0.0.0.0' || options.address === '::'
  const reached = options.advertise ?? (anywhere ? '127.0.0.1' : options.address)
  const names = [...(options.names ?? []), reached, ...(anywhere ? [] : [options.address])]
  const doors = { room: registry.room, ...rest }
  const listening = await listenApi(doors, { ...options, names })
  const url = `https://${reached.includes(':') ? `[${reached}]` : reached}:${listening.port}`
  const kubeconfig = kubeconfigText({
    server: url,
    authority: authority.certificate,
    user: 'kubernetes-admin',
    credentials: authority.issueClient({ commonName: 'kubernetes-admin', organizations: ['system:masters'] }),
  })
  const kubeconfigPath = join(dataDir, 'kubeconfig')
  writeWhole(kubeconfigPath, kubeconfig)
  return {
    url,
    port: listening.port,
    kubeconfig,
    kubeconfigPath,
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  }
}
