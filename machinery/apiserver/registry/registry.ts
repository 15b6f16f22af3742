import type { Client } from '../../api/client.ts'
import type { Kind } from '../../api/kind.ts'
import type { Host } from '../../host/host.ts'
import { makeDefaultRoles } from '../access/defaults.ts'
import { escalationAdmission } from '../access/escalation.ts'
import { Rbac } from '../access/rbac.ts'
import { ApiServices } from '../builtin/api-services.ts'
import { BUILTINS } from '../builtin/builtins.ts'
import { installDefinitions } from '../definitions/install.ts'
import { DefinitionKeeper } from '../definitions/keeper.ts'
import { httpsWebhooks } from '../definitions/webhook-caller.ts'
import type { Disk } from '../store/disk.ts'
import { Store } from '../store/store.ts'
import { webhookAdmission } from '../webhooks/dispatch.ts'
import type { Admission } from './admission.ts'
import type { Authorizer } from './authorizer.ts'
import { GarbageCollector } from './garbage.ts'
import { type Identity, SYSTEM } from './identity.ts'
import { localClient } from './local.ts'
import { makeNamespaces } from './namespaces.ts'
import type { Room } from './room.ts'
import { Catalog } from './served.ts'

export interface RegistryOptions {
  readonly disk: Disk
  readonly host: Host
  readonly kinds: readonly Kind[]
  readonly admission?: readonly Admission[]
  /** Instead of roles: for tests. */
  readonly authorizer?: Authorizer
}

/** The API without its doors: store, kinds, rules, garbage collection. */
export interface Registry extends AsyncDisposable {
  readonly room: Room
  /** What roles and bindings say. */
  readonly rbac: Rbac
  client(identity: Identity): Client
  /** Resolves when definitions and the garbage collector have nothing left to do. */
  settled(): Promise<void>
}

export async function openRegistry(options: RegistryOptions): Promise<Registry> {
  const { disk, host, kinds, admission = [] } = options
  const store = new Store(disk, { clock: host.clock })
  const catalog = new Catalog(BUILTINS)
  const rbac = new Rbac(store)
  const authorizer = options.authorizer ?? rbac
  const webhooks = httpsWebhooks({ store, host })
  const hooks = webhookAdmission({ store, catalog, host, caller: webhooks })
  // Last: what others have made of a role must not give away more than its writer has.
  const asked = [hooks, ...admission, escalationAdmission(rbac, authorizer)]
  const room: Room = { store, catalog, host, admission: asked, authorizer }
  await makeNamespaces(room)
  const definitions = new DefinitionKeeper(room, { host, webhooks })
  await installDefinitions(room, kinds)
  await definitions.settled()
  if (!options.authorizer) await makeDefaultRoles(localClient(room, SYSTEM))
  const services = new ApiServices(room)
  await services.settled()
  const garbage = new GarbageCollector(room)
  return {
    room,
    rbac,
    client: identity => localClient(room, identity),
    async settled() {
      await definitions.settled()
      await services.settled()
      await garbage.settled()
    },
    async [Symbol.asyncDispose]() {
      rbac[Symbol.dispose]()
      await garbage[Symbol.asyncDispose]()
      await definitions[Symbol.asyncDispose]()
      await services[Symbol.asyncDispose]()
      hooks[Symbol.dispose]()
      webhooks[Symbol.dispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}
