import type { Client } from '../api/client.ts'
import type { Kind } from '../api/kind.ts'
import type { Host } from '../host/host.ts'
import { openAccess } from './access/access.ts'
import { Auditor } from './audit/auditor.ts'
import { DEFAULT_POLICY } from './audit/default-policy.ts'
import { AuditLog } from './audit/log.ts'
import type { AuditPolicy } from './audit/policy.ts'
import { clearHalfBackups, takeBackup } from './backup/take.ts'
import { type Door, openDoor } from './door.ts'
import type { ListenOptions } from './http/listen.ts'
import type { PodLogs } from './http/logs.ts'
import { openAuthority } from './pki/authority.ts'
import { type AdmissionRule, ruleAdmission } from './registry/admission.ts'
import { expireEvents } from './registry/expiry.ts'
import type { Identity } from './registry/identity.ts'
import { openRegistry } from './registry/registry.ts'
import { sqliteDisk } from './store/sqlite.ts'

export interface ApiServerOptions {
  /** Holds the store, the certificates and the kubeconfig; made if need be. */
  readonly dataDir: string
  readonly host: Host
  /** The keys of what is encrypted in the store; in the data directory, made if need be, unless told. */
  readonly keyFile?: string
  /** Custom kinds; those of Kubernetes are always served. */
  readonly kinds: readonly Kind[]
  /** Rules of the house, asked on every write. */
  readonly rules?: readonly AdmissionRule[]
  readonly podLogs?: PodLogs
  /** Requests are noted in this file; in none when absent. */
  readonly audit?: { readonly path: string; readonly policy?: AuditPolicy }
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
  clearHalfBackups(dataDir)
  const disk = sqliteDisk(dataDir, options.keyFile === undefined ? {} : { keyFile: options.keyFile })
  const backup = () => takeBackup({ directory: dataDir, copy: path => disk.copy(path), clock: host.clock })
  const registry = await openRegistry({ disk, host, kinds, admission })
  const authority = openAuthority(dataDir, host.clock)
  const access = openAccess({ registry, authority, dataDir, host })
  await access.settled()
  const log = options.audit && new AuditLog({ path: options.audit.path, host })
  const audit = log && new Auditor(options.audit?.policy ?? DEFAULT_POLICY, log, host)
  const doorway = {
    room: registry.room,
    access,
    authority,
    dataDir,
    backup,
    ...(podLogs && { podLogs }),
    ...(audit && { audit }),
  }
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
