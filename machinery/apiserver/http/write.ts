import { ApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { create, plain } from '../registry/create.ts'
import type { Room } from '../registry/room.ts'
import { asBody, type Served } from '../registry/served.ts'
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

export async function post(room: Room, exchange: Exchange, path: ResourcePath): Promise<Body> {
  const read = await bodyObject(exchange.request)
  exchange.audit?.asked(read.value)
  checkOptions(exchange, 'create')
  const options = writeOptions(exchange, twice(read), faults => strictFault(path.served, faults))
  return create(room, path.served, { namespace: path.namespace, body: read.value, options })
}

export async function put(room: Room, exchange: Exchange, path: Target): Promise<Body> {
  const read = await bodyObject(exchange.request)
  exchange.audit?.asked(read.value)
  checkOptions(exchange, 'update')
  const options = writeOptions(exchange, twice(read), faults => strictFault(path.served, faults))
  const body = asBody(read.value)
  const { name } = body.metadata
  if (name !== path.name) {
    const sentence = `the name of the object (${plain(name)}) does not match the name on the URL (${path.name})`
    throw new ApiFault('BadRequest', sentence)
  }
  checkKind(path.served, body)
  return update(room, path.served, { key: path, revise: () => body, subresource: statusOf(path), options })
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
