import { byText, type Manager, type Managers, managerKey, seconds } from './managers.ts'
import { union } from './set.ts'

const MOST_UPDATERS = 10 // apimachinery `DefaultMaxUpdateManagers`
const ANCIENT = 'ancient-changes'

/**
 * No more than so many managers that update: the oldest become one, in each version
 * (apimachinery `capManagersManager`).
 */
export function capped(managers: Managers): Managers {
  const updaters = [...managers].filter(([, { operation }]) => operation === 'Update')
  if (updaters.length <= MOST_UPDATERS) return managers
  const oldest = updaters.sort(([a, one], [b, other]) => seconds(one) - seconds(other) || byText(a, b))
  return new Bucket(managers, oldest).managers()
}

/** Managers on their way into one. */
class Bucket {
  readonly #managers: Map<string, Manager>
  readonly #oldest: readonly (readonly [string, Manager])[]
  /** The first that was seen in each version: it goes when a second one comes. */
  readonly #first = new Map<string, string>()

  constructor(managers: Managers, oldest: readonly (readonly [string, Manager])[]) {
    this.#managers = new Map(managers)
    this.#oldest = oldest
  }

  managers(): Managers {
    let left = this.#oldest.length
    for (const [key, manager] of this.#oldest) {
      if (left <= MOST_UPDATERS) break
      if (this.#put(key, manager)) left--
    }
    return this.#managers
  }

  #put(key: string, manager: Manager): boolean {
    const { apiVersion } = manager
    const first = this.#first.get(apiVersion)
    if (first === undefined) {
      this.#first.set(apiVersion, key)
      return false
    }
    const bucket: Manager = { manager: ANCIENT, operation: 'Update', apiVersion, fields: {} }
    const into = managerKey(bucket)
    const known = this.#managers.get(into) ?? this.#managers.get(first)
    if (!this.#managers.has(into)) this.#managers.delete(first)
    this.#managers.delete(key)
    const fields = union(manager.fields, known?.fields ?? {})
    this.#managers.set(into, { ...bucket, fields, ...(manager.time !== undefined && { time: manager.time }) })
    return true
  }
}
