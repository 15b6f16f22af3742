import { apiVersion, builtinKind } from '../../api/kind.ts'
import { timestamp } from '../../host/clock.ts'
import { groupPriority } from '../http/priority.ts'
import { newUid } from '../registry/metadata.ts'
import type { Room } from '../registry/room.ts'
import type { Body } from '../store/change.ts'

export const APIService = builtinKind({
  group: 'apiregistration.k8s.io',
  version: 'v1',
  kind: 'APIService',
  plural: 'apiservices',
  categories: ['api-extensions'],
  namespaced: false,
  statusSubresource: true,
})

const COLLECTION = 'apiservices.apiregistration.k8s.io'
/** Groups of questions, which no collection answers. */
const REVIEWS = ['authentication.k8s.io/v1', 'authorization.k8s.io/v1']
const MARK = 'kube-aggregator.kubernetes.io/automanaged'

/** Shows every group and version that is served as an APIService; they cannot be written. */
export class ApiServices implements AsyncDisposable {
  readonly #room: Room
  readonly #listening: Disposable
  #running: Promise<void>

  constructor(room: Room) {
    this.#room = room
    this.#running = this.#show()
    this.#listening = room.catalog.listen(() => {
      this.#running = this.#running.then(() => this.#show())
    })
  }

  /** Resolves when all that are served are shown. */
  settled(): Promise<void> {
    return this.#running
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening[Symbol.dispose]()
    await this.#running
  }

  async #show(): Promise<void> {
    const { store, catalog, host } = this.#room
    const versions = catalog.all.map(({ kind }) => apiVersion(kind)).filter(one => one !== apiVersion(APIService))
    const wanted = new Map([...new Set([...versions, ...REVIEWS])].map(version => [nameOf(version), version]))
    const gone = [...store.from(COLLECTION)].filter(({ key }) => !wanted.has(key))
    const made = [...wanted].map(([key, version]) =>
      store.write({ collection: COLLECTION, key }, now => (now ? undefined : { put: this.#made(key, version) })),
    )
    const taken = gone.map(({ key }) => store.write({ collection: COLLECTION, key }, now => now && { remove: now }))
    for (const outcome of await Promise.allSettled([...made, ...taken])) {
      // A full or broken disk: what is shown is late, and the next change brings it up to date.
      if (outcome.status === 'rejected') host.log.warn('an APIService is not shown', { reason: String(outcome.reason) })
    }
  }

  #made(name: string, apiVersionOf: string): Body {
    const { host } = this.#room
    const [version = '', group = ''] = apiVersionOf.split('/').reverse()
    const now = timestamp(host.clock)
    const builtin = !group.includes('.') || group.endsWith('.k8s.io')
    const message = 'Local APIServices are always available'
    return {
      kind: 'APIService',
      apiVersion: apiVersion(APIService),
      metadata: {
        name,
        uid: newUid(host),
        creationTimestamp: now,
        labels: { [MARK]: builtin ? 'onstart' : 'true' },
      },
      spec: {
        ...(group !== '' && { group }),
        version,
        groupPriorityMinimum: groupPriority(group),
        versionPriority: builtin ? (group === '' ? 1 : 15) : 100,
      },
      status: {
        conditions: [{ type: 'Available', status: 'True', lastTransitionTime: now, reason: 'Local', message }],
      },
    }
  }
}

/** `v1.apps`; of the core group `v1.` */
function nameOf(version: string): string {
  const [name = '', group = ''] = version.split('/').reverse()
  return `${name}.${group}`
}
