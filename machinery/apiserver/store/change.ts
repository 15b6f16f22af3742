import type { KubeObject } from '../../api/object.ts'

/** An object with whatever fields its kind has. */
export type Body = KubeObject & Readonly<Record<string, unknown>>

/** Where an object lies: the collection of its kind (`plural.group`) and `namespace/name` within. */
export interface Place {
  readonly collection: string
  readonly key: string
}

/** One write: one revision of the store. */
export interface Change extends Place {
  readonly revision: number
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** As it is now; for `DELETED` as it was last, with the revision of its deletion. */
  readonly object: Body
  /** As it was before; absent for `ADDED`, and where a restart forgot it. */
  readonly before?: Body | undefined
  /** The object as JSON, made once for the disk and every watcher. */
  readonly json: string
}

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && 'metadata' in value
}
