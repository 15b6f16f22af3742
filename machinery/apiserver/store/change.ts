import type { KubeObject } from '../../api/object.ts'
import { StoreFault } from './fault.ts'

/** An object with whatever fields its kind has. */
export type Body = KubeObject & Readonly<Record<string, unknown>>

/** Where an object lies: the collection of its kind (`plural.group`) and `namespace/name` within. */
export interface Place {
  readonly collection: string
  readonly key: string
}

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** One write as a disk keeps it. */
export interface Row extends Place {
  readonly revision: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly type: ChangeType
  readonly json: string
}

/** An object as it was written: its JSON, and the object, which is read from it when somebody asks. */
export class Stored {
  readonly key: string
  /** The revision of the write. */
  readonly revision: number
  readonly json: string
  // Read, an object takes several times the memory of its JSON, and most are seldom looked at: it stays as long as somebody
  // holds it, so that it is the same for all who do.
  #object: WeakRef<Body> | undefined

  constructor({ key, revision, json }: Pick<Row, 'key' | 'revision' | 'json'>, object?: Body) {
    this.key = key
    this.revision = revision
    this.json = json
    this.#object = object && new WeakRef(object)
  }

  get object(): Body {
    const known = this.#object?.deref()
    if (known) return known
    const object = parsed(this.json)
    this.#object = new WeakRef(object)
    return object
  }

  /** The JSON in UTF-8. */
  get bytes(): Uint8Array {
    return Buffer.from(this.json)
  }
}

/** One write: one revision of the store. */
export class Change implements Row {
  readonly collection: string
  readonly key: string
  readonly revision: number
  readonly time: number
  readonly type: ChangeType
  /** As it is now; for `DELETED` as it was last, with the revision of its deletion. */
  readonly now: Stored
  /** As it was before; absent for `ADDED`. */
  readonly was: Stored | undefined
  #bytes: Uint8Array | undefined

  constructor({ collection, key, revision, time, type }: Omit<Row, 'json'>, now: Stored, was: Stored | undefined) {
    this.collection = collection
    this.key = key
    this.revision = revision
    this.time = time
    this.type = type
    this.now = now
    this.was = was
  }

  get object(): Body {
    return this.now.object
  }

  get before(): Body | undefined {
    return this.was?.object
  }

  get json(): string {
    return this.now.json
  }

  /** The JSON in UTF-8, made once for all who are told of the change, and let go with it. */
  get bytes(): Uint8Array {
    this.#bytes ??= this.now.bytes
    return this.#bytes
  }
}

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && 'metadata' in value
}

function parsed(json: string): Body {
  const object: unknown = JSON.parse(json)
  if (isBody(object)) return object
  throw new StoreFault('store/broken', 'the store holds something that is not an object')
}
