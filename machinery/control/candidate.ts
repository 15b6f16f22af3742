import type { Client } from '../api/client.ts'
import { isApiFault } from '../api/fault.ts'
import { Lease } from '../api/lease.ts'
import type { ObjectKey } from '../api/object.ts'
import type { Host } from '../host/host.ts'
import { type Holder, heldBy, holderOf, LeaseWatch, released } from './lease.ts'

export interface CandidateOptions {
  readonly client: Client
  readonly host: Host
  readonly lease: ObjectKey
  readonly identity: string
  readonly leaseDuration: number
}

/** What became of one try: it is ours, it is another's, or nobody could say. */
export type Outcome = 'held' | 'taken' | 'unknown'

/** One process and the lease that it wants. All writes carry the version that was read, so two never hold it at once. */
export class Candidate implements Disposable {
  readonly #client: Client
  readonly #host: Host
  readonly #holder: Holder
  readonly #watch: LeaseWatch
  #leader = ''

  constructor(options: CandidateOptions) {
    this.#client = options.client
    this.#host = options.host
    this.#holder = options
    this.#watch = new LeaseWatch(options.host.clock)
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]()
  }

  /** Takes the lease when it is free, or renews it when it is ours. Never rejects. */
  async try(): Promise<Outcome> {
    try {
      const known = this.#mine(this.#watch.lease) ? this.#watch.lease : undefined
      return (known && (await this.#write(known))) ?? (await this.#lookAndWrite())
    } catch (fault) {
      this.#host.log.warn('the lease could not be reached', { ...this.#facts, reason: String(fault) })
      return 'unknown'
    }
  }

  /** Gives the lease back, so that the next one need not wait until it runs out. */
  async release(): Promise<void> {
    const { lease } = this.#watch
    if (!lease || !this.#mine(lease)) return
    try {
      this.#watch.see(await this.#client.update(Lease, released(this.#holder, lease)))
      this.#host.log.info('the lease is given back', this.#facts)
    } catch (fault) {
      this.#host.log.warn('the lease was not given back, it will run out', { ...this.#facts, reason: String(fault) })
    }
  }

  async #lookAndWrite(): Promise<Outcome> {
    const lease = await this.#client.get(Lease, this.#holder.lease)
    if (lease) this.#see(lease)
    if (lease && holderOf(lease) !== '' && !this.#mine(lease) && !this.#watch.expired) return 'taken'
    return (await this.#write(lease)) ?? 'taken'
  }

  /** Undefined when somebody else wrote first. */
  async #write(before: Lease | undefined): Promise<'held' | undefined> {
    const next = heldBy(this.#holder, before)
    try {
      this.#see(before ? await this.#client.update(Lease, next) : await this.#client.create(Lease, next))
      return 'held'
    } catch (fault) {
      if (isApiFault(fault, 'Conflict', 'AlreadyExists', 'NotFound')) return undefined
      throw fault
    }
  }

  #see(lease: Lease): void {
    this.#watch.see(lease)
    const leader = holderOf(lease)
    if (leader === this.#leader) return
    this.#leader = leader
    if (leader !== '') this.#host.log.info('a leader was elected', { ...this.#facts, leader })
  }

  #mine(lease: Lease | undefined): boolean {
    return holderOf(lease) === this.#holder.identity
  }

  get #facts() {
    return { lease: this.#holder.lease.name, identity: this.#holder.identity }
  }
}
