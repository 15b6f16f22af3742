import { ApiFault } from '../../api/fault.ts'
import type { Body } from '../store/change.ts'
import { shown } from './convert.ts'
import type { Room } from './room.ts'
import { type Selection, selects } from './select.ts'
import type { Served } from './served.ts'

export interface ListRequest extends Selection {
  /** How many at most; all when absent or 0. */
  readonly limit?: number | undefined
  readonly continue?: string | undefined
}

export interface Page {
  readonly items: readonly Body[]
  readonly resourceVersion: string
  /** Where the next page begins; absent on the last one. */
  readonly continue?: string
  readonly remaining?: number
}

/**
 * Objects in the order of their keys. Later pages show the objects as they are by then, under the revision of the
 * first page: whoever watches from there is told of all that changed in between.
 */
export async function listPage(room: Room, served: Served, request: ListRequest): Promise<Page> {
  const page = storedPage(room, served, request)
  return served.conversion ? { ...page, items: await shown(served, page.items) } : page
}

function storedPage(room: Room, served: Served, request: ListRequest): Page {
  const from = request.continue ? decodeToken(request.continue) : undefined
  if (from && from.revision < room.store.oldest) {
    const sentence =
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.'
    throw new ApiFault('Expired', sentence)
  }
  const accepts = selects(served, request)
  const prefix = request.namespace !== undefined && served.kind.namespaced ? `${request.namespace}/` : ''
  const resourceVersion = String(from?.revision ?? room.store.revision)
  const limit = request.limit || Number.POSITIVE_INFINITY
  const items: Body[] = []
  let last = ''
  for (const { key, object } of room.store.from(served.collection, prefix, from?.after)) {
    if (accepts && !accepts(object)) continue
    if (items.length === limit) {
      return { items, resourceVersion, continue: encodeToken({ revision: Number(resourceVersion), after: last }) }
    }
    items.push(object)
    last = key
  }
  return { items, resourceVersion }
}

interface Token {
  readonly revision: number
  readonly after: string
}

function encodeToken({ revision, after }: Token): string {
  return Buffer.from(`${revision} ${after}`).toString('base64url')
}

function decodeToken(text: string): Token {
  const match = /^(\d{1,15}) (.{0,600})$/.exec(Buffer.from(text, 'base64url').toString())
  if (!match) throw new ApiFault('BadRequest', 'continue key is not valid: encoded continue token is malformed')
  return { revision: Number(match[1]), after: match[2] ?? '' }
}
