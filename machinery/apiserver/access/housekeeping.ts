import { RBAC_GROUP } from '../../api/access.ts'
import type { Client } from '../../api/client.ts'
import { keyFrom } from '../../api/object.ts'
import type { Host } from '../../host/host.ts'
import type { Change } from '../store/change.ts'
import type { Store } from '../store/store.ts'
import { aggregateRoles } from './aggregation.ts'
import { Chores } from './chores.ts'
import { fillNamespace, namespaceOf } from './namespace-defaults.ts'
import { TOKEN_SECRET, tendTokenSecret, tokenSecretsOf } from './token-secret.ts'
import type { Tokens } from './tokens.ts'

export interface HousekeepingParts {
  readonly store: Store
  /** The server's own. */
  readonly client: Client
  readonly tokens: Tokens
  /** PEM of the authority. */
  readonly authority: string
  readonly host: Host
}

const ROLES = `clusterroles.${RBAC_GROUP}`

/** What upstream's controllers keep in order of roles and service accounts, each told of what changes. */
export class Housekeeping implements AsyncDisposable {
  readonly #roles: Chores
  readonly #namespaces: Chores
  readonly #secrets: Chores
  readonly #accounts: Chores
  readonly #listening: Disposable

  constructor(parts: HousekeepingParts) {
    const { store, client, authority, host } = parts
    this.#roles = new Chores(() => aggregateRoles(client), host)
    this.#namespaces = new Chores(name => fillNamespace(client, name, authority), host)
    this.#secrets = new Chores(key => tendTokenSecret(parts, wholeKey(key)), host)
    this.#accounts = new Chores(key => this.#tendAccount(client, key), host)
    this.#roles.add('all')
    for (const { key } of store.from('namespaces')) this.#namespaces.add(key)
    for (const { key, object } of store.from('secrets')) if (object.type === TOKEN_SECRET) this.#secrets.add(key)
    this.#listening = store.listen(change => this.#follow(change))
  }

  /** Resolves when all is in order. */
  async settled(): Promise<void> {
    for (const chores of this.#all) await chores.settled()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening[Symbol.dispose]()
    for (const chores of this.#all) await chores[Symbol.asyncDispose]()
  }

  get #all(): readonly Chores[] {
    return [this.#roles, this.#namespaces, this.#accounts, this.#secrets]
  }

  #follow(change: Change): void {
    const { collection, key, type } = change
    if (collection === ROLES) this.#roles.add('all')
    const namespace = namespaceOf(collection, key)
    if (namespace !== undefined) this.#namespaces.add(namespace)
    if (collection === 'serviceaccounts') this.#accounts.add(key)
    if (collection === 'secrets' && type !== 'DELETED' && change.object.type === TOKEN_SECRET) this.#secrets.add(key)
  }

  async #tendAccount(client: Client, key: string): Promise<void> {
    const account = wholeKey(key)
    for (const name of await tokenSecretsOf(client, account)) this.#secrets.add(`${account.namespace}/${name}`)
  }
}

function wholeKey(text: string): { readonly namespace: string; readonly name: string } {
  return { namespace: '', ...keyFrom(text) }
}
