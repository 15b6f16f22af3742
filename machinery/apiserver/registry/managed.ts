import type { Body } from '../store/change.ts'
import type { WriteOptions } from './options.ts'
import type { Served } from './served.ts'

/** A write whose fields are to be noted under the name of their manager. */
export interface ManagedWrite {
  readonly object: Body
  /** As it was; absent when it is created. */
  readonly before?: Body
  readonly options: WriteOptions
  readonly subresource?: string | undefined
  /** RFC 3339. */
  readonly now: string
}

/** The object with `metadata.managedFields` brought up to date. */
export function managed(_served: Served, { object }: ManagedWrite): Body {
  return object
}
