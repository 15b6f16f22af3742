import { ApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { requireAddress } from '../registry/address.ts'
import { requireAllowed } from '../registry/authorizer.ts'
import { create, plain } from '../registry/create.ts'
import type { WriteOptions } from '../registry/options.ts'
import type { Room } from '../registry/room.ts'
import { asBody, placeOf, type Served } from '../registry/served.ts'
import { update } from '../registry/update.ts'
import type { Body } from '../store/change.ts'
import { bodyObject } from './body.ts'
import type { Exchange } from './exchange.ts'
import { checkOptions, strictFault, twice, writeOptions } from './options.ts'
import type { ResourcePath } from './path.ts'
import { methodNotAllowed } from './status.ts'

export interface Target extends ResourcePath {
  readonly name: string
}

/** What became of a write. */
export interface Written {
  readonly object: Body
  /** Whether there was no such object before. */
  readonly created: boolean
}

export async function post(room: Room, exchange: Exchange, path: ResourcePath): Promise<Body> {
  const read = await bodyObject(exchange.request)
  exchange.audit?.asked(read.value)
  checkOptions(exchange, 'create')
  const options = writeOptions(exchange, twice(read), faults => strictFault(path.served, faults))
  return create(room, path.served, { namespace: path.namespace, body: read.value, options })
}

export async function put(room: Room, exchange: Exchange, path: Target): Promise<Written> {
  const read = await bodyObject(exchange.request)
  exchange.audit?.asked(read.value)
  checkOptions(exchange, 'update')
  const options = writeOptions(exchange, twice(read), faults => strictFault(path.served, faults))
  const body = requireAddress(path.served, asBody(read.value), path)
  checkKind(path.served, body)
  const subresource = statusOf(path)
  const makes = path.served.traits.createOnUpdate && subresource === undefined
  if (makes && !room.store.get(placeOf(path.served, path))) {
    return { object: await putNew(room, path, { body, options }), created: true }
  }
  const object = await update(room, path.served, { key: path, revise: () => body, subresource, options })
  return { object, created: false }
}

type Putting = { readonly body: Body; readonly options: WriteOptions }

/** Some kinds may be made by an update, by whoever may create them. */
function putNew(room: Room, { served, name, namespace }: Target, { body, options }: Putting): Promise<Body> {
  const { group, plural } = served.kind
  const attributes = { verb: 'create', group, resource: plural, name, ...(namespace !== undefined && { namespace }) }
  requireAllowed(room.authorizer, options.identity, attributes)
  const { resourceVersion: _, ...metadata } = body.metadata
  return create(room, served, { namespace, body: { ...body, metadata }, options })
}

function checkKind(served: Served, body: Body): void {
  const wanted = apiVersion(served.kind)
  if (body.apiVersion === wanted && body.kind === served.kind.kind) return
  const sentence = `the object provided is ${plain(body.apiVersion)}, Kind=${plain(body.kind)}, but the request is for ${wanted}, Kind=${served.kind.kind}`
  throw new ApiFault('BadRequest', sentence)
}

export function statusOf({ subresource, served }: ResourcePath): string | undefined {
  if (subresource === undefined) return undefined
  if (subresource === 'status' && served.kind.statusSubresource) return 'status'
  throw methodNotAllowed()
}
