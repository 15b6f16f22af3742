import { ApiFault } from '../../api/fault.ts'
import type { Attributes } from '../registry/authorizer.ts'
import { isLong, isMutating } from './metrics.ts'

/** How many requests may be under way at once. */
export interface LimitOptions {
  readonly mutating: number
  readonly reading: number
  readonly watches: number
  /** Watches of one user, so that one client gone wrong cannot take them all. */
  readonly watchesOfOne: number
}

/** As kube-apiserver's `--max-mutating-requests-inflight` and `--max-requests-inflight`; watches are ours to bound. */
export const LIMITS: LimitOptions = { mutating: 200, reading: 400, watches: 10_000, watchesOfOne: 2_000 }

type Lane = 'mutating' | 'reading' | 'watches'

/** Counts requests under way, and refuses what is too much with `TooManyRequests` and when to come again. */
export class Limits {
  readonly #options: LimitOptions
  readonly #now: Record<Lane, number> = { mutating: 0, reading: 0, watches: 0 }
  readonly #watchesOf = new Map<string, number>()

  constructor(options: LimitOptions = LIMITS) {
    this.#options = options
  }

  /** Lets a request in; dispose what this returns when it has ended. */
  enter(user: string, attributes: Attributes): Disposable {
    const lane = laneOf(attributes)
    if (this.#now[lane] >= this.#options[lane]) throw tooMany()
    if (lane !== 'watches') return this.#count(lane)
    const own = this.#watchesOf.get(user) ?? 0
    if (own >= this.#options.watchesOfOne)
      throw tooMany(`the user "${user}" has ${own} watches open, which is the most`)
    this.#watchesOf.set(user, own + 1)
    const counted = this.#count(lane)
    return {
      [Symbol.dispose]: () => {
        counted[Symbol.dispose]()
        const left = (this.#watchesOf.get(user) ?? 1) - 1
        if (left > 0) this.#watchesOf.set(user, left)
        else this.#watchesOf.delete(user)
      },
    }
  }

  #count(lane: Lane): Disposable {
    this.#now[lane]++
    return { [Symbol.dispose]: () => void this.#now[lane]-- }
  }
}

function laneOf(attributes: Attributes): Lane {
  if (isLong(attributes)) return 'watches'
  return isMutating(attributes) ? 'mutating' : 'reading'
}

function tooMany(why = 'too many requests are under way'): ApiFault {
  return new ApiFault('TooManyRequests', `Too many requests, please try again later: ${why}`, { retryAfterSeconds: 1 })
}
