import { Bucket, type Rate } from '../host/bucket.ts'
import type { Clock } from '../host/clock.ts'

/** Something to be told of an object, as core/v1 Events say it. */
export interface Happening {
  readonly type: 'Normal' | 'Warning'
  /** A word in CamelCase. */
  readonly reason: string
  readonly message: string
  /** Whom it is about: its kind, namespace, name and uid in one text. */
  readonly about: string
}

/** How much is told (client-go `tools/record/events_cache.go`). */
export interface CorrelatorLimits {
  /** Events that differ in nothing but their message are told as one from this many on, within the time. */
  readonly similarMost: number
  /** Milliseconds. */
  readonly similarWithin: number
  /** For each object: a burst, then a trickle. */
  readonly perObject: Rate
  /** How many objects and events are remembered. */
  readonly remembered: number
}

export const CORRELATOR_LIMITS: CorrelatorLimits = {
  similarMost: 10,
  similarWithin: 600_000,
  perObject: { burst: 25, perSecond: 1 / 300 },
  remembered: 4096,
}

/** What is to be written. */
export interface Telling {
  /** Events with the same key are one object. */
  readonly key: string
  /** How often it happened so far. */
  readonly count: number
  readonly message: string
}

/** Of what may be one Event, how much was told already. */
interface Similar {
  readonly messages: Set<string>
  last: number
}

/** Decides what of many things that happen is told, and as which Event. */
export class Correlator {
  readonly #clock: Clock
  readonly #limits: CorrelatorLimits
  readonly #buckets = new Map<string, Bucket>()
  readonly #similar = new Map<string, Similar>()
  readonly #counts = new Map<string, number>()

  constructor(clock: Clock, limits: CorrelatorLimits = CORRELATOR_LIMITS) {
    this.#clock = clock
    this.#limits = limits
  }

  /** Undefined when the object has said too much. */
  tell(happening: Happening): Telling | undefined {
    const { about, type, reason, message } = happening
    const bucket = remember(this.#buckets, about, this.#limits, () => new Bucket(this.#clock, this.#limits.perObject))
    const [key, said] = this.#aggregated([about, type, reason].join('\n'), message)
    const count = (this.#counts.get(key) ?? 0) + 1
    // Counted even if it is not told: the next one that is tells how often it was.
    remember(this.#counts, key, this.#limits, () => count)
    this.#counts.set(key, count)
    return bucket.allows() ? { key, count, message: said } : undefined
  }

  #aggregated(group: string, message: string): readonly [key: string, message: string] {
    const now = this.#clock.now()
    const similar = remember(this.#similar, group, this.#limits, () => ({ messages: new Set<string>(), last: now }))
    if (now - similar.last > this.#limits.similarWithin) similar.messages.clear()
    similar.last = now
    const known = similar.messages.has(message)
    if (!known && similar.messages.size >= this.#limits.similarMost - 1) {
      return [group, `(combined from similar events): ${message}`]
    }
    similar.messages.add(message)
    return [`${group}\n${message}`, message]
  }
}

/** The value of a key, made if need be; keys beyond the bound push out those that were not asked for longest. */
function remember<V>(map: Map<string, V>, key: string, { remembered }: CorrelatorLimits, make: () => V): V {
  const value = map.get(key) ?? make()
  map.delete(key)
  map.set(key, value)
  const oldest = map.keys().next()
  if (map.size > remembered && !oldest.done) map.delete(oldest.value)
  return value
}
