import type { Client } from '../../api/client.ts'
import type { Kind } from '../../api/kind.ts'
import type { Host } from '../../host/host.ts'
import type { Disk } from '../store/disk.ts'
import { Store } from '../store/store.ts'
import type { Admission } from './admission.ts'
import { ALLOW_ALL, type Authorizer } from './authorizer.ts'
import { BUILTINS } from './builtins.ts'
import { makeDefinitions } from './definitions.ts'
import { GarbageCollector } from './garbage.ts'
import type { Identity } from './identity.ts'
import { localClient } from './local.ts'
import { makeNamespaces } from './namespaces.ts'
import type { Room } from './room.ts'
import { Catalog, custom } from './served.ts'

export interface RegistryOptions {
  readonly disk: Disk
  readonly host: Host
  readonly kinds: readonly Kind[]
  readonly admission?: readonly Admission[]
  readonly authorizer?: Authorizer
}

/** The API without its doors: store, kinds, rules, garbage collection. */
export interface Registry extends AsyncDisposable {
  readonly room: Room
  client(identity: Identity): Client
  /** Resolves when the garbage collector has nothing left to do. */
  settled(): Promise<void>
}

export async function openRegistry(options: RegistryOptions): Promise<Registry> {
  const { disk, host, kinds, admission = [], authorizer = ALLOW_ALL } = options
  const store = new Store(disk, { clock: host.clock })
  const catalog = new Catalog([...BUILTINS, ...kinds.map(custom)])
  const room: Room = { store, catalog, host, admission, authorizer }
  await makeNamespaces(room)
  await makeDefinitions(room)
  const garbage = new GarbageCollector(room)
  return {
    room,
    client: identity => localClient(room, identity),
    settled: () => garbage.settled(),
    async [Symbol.asyncDispose]() {
      await garbage[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}
