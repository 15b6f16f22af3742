/** Where a load generator puts objects and looks for them: our API, or etcd. */
export interface Target extends Disposable {
  create(name: string, json: string): Promise<void>
  /** Writes one annotation: when it was sent. */
  touch(name: string): Promise<void>
  /** How many bytes it found. */
  get(name: string): Promise<number>
  /** All objects in one answer; to be counted when time is not. */
  list(): Promise<Listing>
}

export interface Listing {
  count(): number
}

/** What a load generator is asked for: so many calls, by so many clients at a time. */
export interface Task {
  readonly verb: 'create' | 'touch' | 'get' | 'list'
  readonly clients: number
  readonly calls: number
  /** Where the numbers in the names of the objects begin. */
  readonly first: number
  /** Names begin again after so many. */
  readonly among?: number
}

export interface Outcome {
  /** Calls. For lists: objects. */
  readonly perSecond: number
  /** Milliseconds that all but one call of a hundred took at most. */
  readonly p99: number
  readonly p50: number
}

export function nameOf(number: number): string {
  return `machine-${String(number).padStart(7, '0')}`
}
