import type { ListOptions, ObjectList, PageOptions } from '../client.ts'
import { isApiFault } from '../fault.ts'
import { apiVersion, type Kind } from '../kind.ts'
import type { KubeObject } from '../object.ts'
import type { Connection } from './connection.ts'
import { collectionPath, queryOf } from './paths.ts'

const PAGE = 500

interface Page {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string }
  readonly items: readonly KubeObject[]
}

/** The pages of a list, one request each. */
export async function* pagesOf<T extends KubeObject>(
  connection: Connection,
  kind: Kind<T>,
  options: PageOptions = {},
): AsyncGenerator<ObjectList<T>, void> {
  const { namespace, limit = PAGE, labelSelector, fieldSelector } = options
  let after: string | undefined
  do {
    const query = { labelSelector, fieldSelector, limit: limit > 0 ? String(limit) : undefined, continue: after }
    const page = await readPage(connection, kind, collectionPath(kind, namespace) + queryOf(query))
    yield { items: page.items as unknown as readonly T[], resourceVersion: page.metadata.resourceVersion }
    after = page.metadata.continue || undefined
  } while (after !== undefined)
}

/** Items of a list do not say of themselves what they are; that is added. */
async function readPage(connection: Connection, kind: Kind, path: string): Promise<Page> {
  const { metadata, items } = (await connection.json({ method: 'GET', path })) as Page
  const head = { apiVersion: apiVersion(kind), kind: kind.kind }
  return { metadata, items: (items ?? []).map(item => ({ ...head, ...item })) }
}

/**
 * All pages as one list. When the pages that are left were forgotten meanwhile, the list is asked for whole, as client-go's
 * pager does: another round of pages would come too late again.
 */
export async function listAll<T extends KubeObject>(
  connection: Connection,
  kind: Kind<T>,
  options: ListOptions = {},
): Promise<ObjectList<T>> {
  try {
    return await gathered(pagesOf(connection, kind, options))
  } catch (fault) {
    if (!isApiFault(fault, 'Expired', 'Gone')) throw fault
    return gathered(pagesOf(connection, kind, { ...options, limit: 0 }))
  }
}

async function gathered<T>(pages: AsyncIterable<ObjectList<T>>): Promise<ObjectList<T>> {
  const items: T[] = []
  let version = ''
  for await (const page of pages) {
    for (const item of page.items) items.push(item)
    version = page.resourceVersion
  }
  return { items, resourceVersion: version }
}
