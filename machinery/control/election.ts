import type { Client } from '../api/client.ts'
import type { Host } from '../host/host.ts'
import { Candidate, type CandidateOptions } from './candidate.ts'
import { ControlFault } from './fault.ts'
import { guardedClient } from './guard.ts'
import { ELECTION_TIMES, type ElectionTimes } from './lease.ts'

/** The time during which one process leads. */
export interface Term {
  /** Aborted when the work has to end: the leadership is lost, or the process shall stop. */
  readonly signal: AbortSignal
  /** The same client, which refuses to write once the leadership is lost: another one may be at work already. */
  fenced(client: Client): Client
}

export interface ElectionOptions extends Omit<CandidateOptions, 'leaseDuration'> {
  readonly times?: Partial<ElectionTimes>
}

/** Chance spreads those who wait for a lease (client-go's JitterFactor). */
const JITTER = 1.2

/**
 * Does the work whenever this process leads, until the signal is aborted or the work ends by itself. When the leadership
 * is lost the work is called off, waited for, and the process stands for election again. Its lease is kept while the work
 * comes to its end, and given back after that: the next leader finds nobody at work.
 */
export async function whileLeading(
  options: ElectionOptions,
  work: (term: Term) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const times = { ...ELECTION_TIMES, ...options.times }
  using candidate = new Candidate({ ...options, leaseDuration: times.leaseDuration })
  const election = new Election(candidate, options.host, times)
  while (await election.won(signal)) {
    const lost = await election.serve(work, signal)
    if (!lost) return candidate.release()
    options.host.log.error('the leadership is lost, standing for election again', { lease: options.lease.name })
  }
}

class Election {
  readonly #candidate: Candidate
  readonly #host: Host
  readonly #times: ElectionTimes

  constructor(candidate: Candidate, host: Host, times: ElectionTimes) {
    this.#candidate = candidate
    this.#host = host
    this.#times = times
  }

  /** Resolves to whether it leads; only when it is called off it does not. */
  async won(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      if ((await this.#candidate.try()) === 'held') return true
      await this.#wait(this.#times.retryPeriod * (1 + JITTER * this.#host.random()), signal)
    }
    return false
  }

  /** Resolves, when the work has ended, to whether the leadership was lost; what the work throws is thrown. */
  async serve(work: (term: Term) => Promise<void>, signal: AbortSignal): Promise<boolean> {
    const lost = new AbortController()
    const over = new AbortController()
    const renewing = this.#renew(lost, over.signal).then(() => this.#hurry(over.signal))
    try {
      await work(termOf(lost.signal, signal))
    } catch (fault) {
      over.abort()
      await renewing
      await this.#candidate.release()
      throw fault
    }
    over.abort()
    await renewing
    return lost.signal.aborted && !signal.aborted
  }

  /** Renews until the work is over, or it has been in vain for too long. */
  async #renew(lost: AbortController, over: AbortSignal): Promise<void> {
    while (!over.aborted && !lost.signal.aborted) {
      await this.#wait(this.#times.retryPeriod, over)
      if (!over.aborted && !(await this.#renewed(over))) lost.abort(notLeading())
    }
  }

  /** Another one may lead from now on: whoever does not end at once is told of by name. */
  async #hurry(over: AbortSignal): Promise<void> {
    const { leaseDuration, renewDeadline } = this.#times
    await this.#wait(leaseDuration - renewDeadline, over)
    if (!over.aborted) this.#host.log.error('work goes on though the leadership is lost')
  }

  /** One round of tries; an answer that does not come within the deadline is no answer. */
  async #renewed(over: AbortSignal): Promise<boolean> {
    const { renewDeadline, retryPeriod } = this.#times
    const ended = new AbortController()
    const either = AbortSignal.any([over, ended.signal])
    const late = this.#wait(renewDeadline, either).then(() => 'late' as const)
    try {
      for (;;) {
        const outcome = await Promise.race([this.#candidate.try(), late])
        if (outcome === 'held' || over.aborted) return true
        if (outcome !== 'unknown') return false
        if ((await Promise.race([this.#wait(retryPeriod, either), late])) === 'late') return over.aborted
      }
    } finally {
      ended.abort()
    }
  }

  async #wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    // Called off: whoever waits looks at the signal next.
    await this.#host.clock.wait(milliseconds, signal).catch(() => undefined)
  }
}

function termOf(lost: AbortSignal, stop: AbortSignal): Term {
  return {
    signal: AbortSignal.any([stop, lost]),
    fenced: client =>
      guardedClient(client, () => {
        if (lost.aborted) throw notLeading()
      }),
  }
}

function notLeading(): ControlFault {
  return new ControlFault('control/not-leading', 'the leadership is lost: nothing is written any more')
}
