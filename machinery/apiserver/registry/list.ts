import { ApiFault, isApiFault, ListExpired } from '../../api/fault.ts'
import type { Body, Stored } from '../store/change.ts'
import type { View } from '../store/view.ts'
import { decodeToken, encodeToken, type Token } from './continue.ts'
import { shown } from './convert.ts'
import type { Room } from './room.ts'
import { type Selection, selects } from './select.ts'
import type { Served } from './served.ts'

export interface ListRequest extends Selection {
  /** How many at most; all when absent or 0. */
  readonly limit?: number | undefined
  readonly continue?: string | undefined
  /** Objects as they were at this one; as they are unless told. */
  readonly revision?: number | undefined
}

/** What a list says of itself. */
export interface ListHead {
  readonly resourceVersion: string
  /** Where the next page begins; absent on the last one. */
  readonly continue?: string
  /** How many come after this page; known when nothing is left out. */
  readonly remaining?: number
}

export interface StoredPage extends ListHead {
  readonly items: readonly Stored[]
}

export interface Page extends ListHead {
  readonly items: readonly Body[]
}

/** Objects of a version in the order of their keys: as they are, or as they were at a revision. */
export async function listPage(room: Room, served: Served, request: ListRequest): Promise<Page> {
  const page = storedPage(room, served, request)
  return {
    ...page,
    items: await shown(
      served,
      page.items.map(({ object }) => object),
    ),
  }
}

/** The same objects as they are kept. All pages of a list show them as they were when the first one was asked for. */
export function storedPage({ store }: Room, served: Served, request: ListRequest): StoredPage {
  const { namespace, ...selection } = request
  const token = request.continue ? decodeToken(request.continue) : undefined
  if (token && request.revision) {
    throw new ApiFault('BadRequest', 'specifying resource version is not allowed when using continue')
  }
  const revision = token ? token.revision : request.revision
  const view = revision === undefined ? store : seenAt(revision, store, token)
  const within = namespace !== undefined && served.kind.namespaced
  const accepts = selects(served, within ? selection : request)
  const place = { collection: served.collection, prefix: within ? `${namespace}/` : '', after: token?.after ?? '' }
  return pageOf(view, place, { limit: request.limit || Number.POSITIVE_INFINITY, ...(accepts && { accepts }) })
}

type Where = { readonly collection: string; readonly prefix: string; readonly after: string }
type Which = { readonly limit: number; readonly accepts?: (object: Body) => boolean }

function pageOf(view: View, { collection, prefix, after }: Where, { limit, accepts }: Which): StoredPage {
  const resourceVersion = String(view.revision)
  const items: Stored[] = []
  for (const stored of view.from(collection, prefix, after)) {
    if (accepts && !accepts(stored.object)) continue
    if (items.length === limit) {
      const last = items.at(-1)?.key ?? ''
      const remaining = accepts ? {} : { remaining: view.count(collection, prefix, last) }
      return { items, resourceVersion, continue: encodeToken({ revision: view.revision, after: last }), ...remaining }
    }
    items.push(stored)
  }
  return { items, resourceVersion }
}

function seenAt(revision: number, store: Room['store'], token: Token | undefined): View {
  try {
    return store.at(revision)
  } catch (fault) {
    if (!isApiFault(fault, 'Expired')) throw fault
    if (token) throw new ListExpired(INCONSISTENT, encodeToken({ after: token.after }))
    throw new ApiFault('Expired', 'The resourceVersion for the provided list is too old.')
  }
}

// Upstream's words (apiserver `storage/etcd3/errors.go`).
const INCONSISTENT =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
  'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
  'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or ' +
  'deleted between the time the first chunk was returned and now may show up in the list.'
