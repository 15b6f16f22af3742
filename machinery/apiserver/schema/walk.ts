import type { StatusCause } from '../../api/fault.ts'
import type { Correlated } from './correlate.ts'

/** Where in a value the check is, and what it found so far. */
export interface Walk {
  /** The path of the value that the walk began at. */
  readonly root: string
  /** Keys and indexes from there on. */
  readonly path: (string | number)[]
  /** By what the fault says: one that several schemas find stands once. */
  readonly faults: Map<string, StatusCause>
  /** The value as it was before an update, where it can be told. */
  readonly was?: Correlated | undefined
}

export function pathOf({ root, path }: Walk): string {
  let text = root
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}

export function report(walk: Walk, said: string, cause: StatusCause): void {
  if (!walk.faults.has(said)) walk.faults.set(said, cause)
}
