import { make } from '../api/kind.ts'
import { Lease, type LeaseSpec } from '../api/lease.ts'
import type { ObjectKey } from '../api/object.ts'
import { microTimestamp } from '../host/clock.ts'
import type { Host } from '../host/host.ts'

/** Times of an election in milliseconds, as client-go's users set them (`tools/leaderelection`). */
export interface ElectionTimes {
  /** How long the others wait after the last word of the leader. */
  readonly leaseDuration: number
  /** How long the leader tries to renew before it gives up. */
  readonly renewDeadline: number
  /** Between two tries. */
  readonly retryPeriod: number
}

export const ELECTION_TIMES: ElectionTimes = { leaseDuration: 15_000, renewDeadline: 10_000, retryPeriod: 2000 }

/** Whoever wants to hold a lease. */
export interface Holder {
  readonly host: Pick<Host, 'clock'>
  readonly lease: ObjectKey
  /** Different for every process that ever was. */
  readonly identity: string
  readonly leaseDuration: number
}

export function holderOf(lease: Lease | undefined): string {
  return lease?.spec?.holderIdentity ?? ''
}

/** The lease as this holder takes or renews it. */
export function heldBy(holder: Holder, before: Lease | undefined): Lease {
  const now = microTimestamp(holder.host.clock)
  const { acquireTime, leaseTransitions = 0 } = before?.spec ?? {}
  const mine = holderOf(before) === holder.identity
  const spec: LeaseSpec = {
    holderIdentity: holder.identity,
    leaseDurationSeconds: Math.ceil(holder.leaseDuration / 1000),
    acquireTime: mine ? (acquireTime ?? now) : now,
    renewTime: now,
    leaseTransitions: before && !mine ? leaseTransitions + 1 : leaseTransitions,
  }
  return before ? { ...before, spec } : make(Lease, { metadata: { ...holder.lease }, spec })
}

/** The lease as its holder gives it back: the next one need not wait. */
export function released({ host }: Holder, before: Lease): Lease {
  const now = microTimestamp(host.clock)
  const { leaseTransitions = 0 } = before.spec ?? {}
  const spec = { holderIdentity: '', leaseDurationSeconds: 1, acquireTime: now, renewTime: now, leaseTransitions }
  return { ...before, spec }
}

/**
 * What one process has seen of a lease. Its times were written by another clock, so they are not believed: a lease has
 * run out when it did not change for its duration since we saw it change, by a timer that nobody can set forward.
 */
export class LeaseWatch implements Disposable {
  readonly #clock: Host['clock']
  #seen = ''
  #timer: AbortController | undefined
  #expired = false
  lease: Lease | undefined

  constructor(clock: Host['clock']) {
    this.#clock = clock
  }

  get expired(): boolean {
    return this.#expired
  }

  see(lease: Lease): void {
    const { holderIdentity, leaseDurationSeconds = 0, ...rest } = lease.spec ?? {}
    const record = JSON.stringify([holderIdentity, leaseDurationSeconds, rest])
    this.lease = lease
    if (record === this.#seen) return
    this.#seen = record
    this.#restart(leaseDurationSeconds * 1000)
  }

  [Symbol.dispose](): void {
    this.#timer?.abort()
  }

  #restart(milliseconds: number): void {
    this.#timer?.abort()
    const timer = new AbortController()
    this.#timer = timer
    this.#expired = false
    this.#clock.wait(milliseconds, timer.signal).then(
      () => {
        this.#expired = true
      },
      () => undefined, // it changed before its time was over
    )
  }
}
