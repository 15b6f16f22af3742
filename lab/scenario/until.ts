import { systemClock } from '../../machinery/host/clock.ts'
import { LabFault } from '../fault.ts'

export interface Patience {
  readonly milliseconds: number
  readonly signal?: AbortSignal
  /** Rejects when there is no point in asking any longer. */
  readonly mustGoOn?: () => Promise<void>
}

const POLL = 200 // milliseconds

/** Asks again and again for something that comes in time; what is thrown until then only says that it is not there yet. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | false | undefined>,
  { milliseconds, signal, mustGoOn }: Patience,
): Promise<T> {
  let last: unknown
  for (const deadline = systemClock.now() + milliseconds; systemClock.now() < deadline; ) {
    await mustGoOn?.()
    try {
      const answer = await ask()
      if (answer !== false && answer !== undefined) return answer
      last = undefined
    } catch (notYet) {
      last = notYet
    }
    await systemClock.wait(POLL, signal)
  }
  const why = last instanceof Error ? `: ${last.message}` : ''
  throw new LabFault('lab/timeout', `waited ${milliseconds / 1000} s in vain until ${what}${why}`, {}, last)
}
