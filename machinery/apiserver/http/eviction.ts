import { ApiFault } from '../../api/fault.ts'
import { remove } from '../registry/delete.ts'
import type { Room } from '../registry/room.ts'
import { isObject } from '../registry/served.ts'
import { bodyObject } from './body.ts'
import { reply } from './encode.ts'
import type { Exchange } from './exchange.ts'
import { callerOf, dryRunOf } from './options.ts'
import { methodNotAllowed } from './status.ts'
import type { Target } from './write.ts'

/** `POST pods/NAME/eviction` (policy/v1): a drain asks so. Disruption budgets are not kept here: the pod goes. */
export async function answerEviction(room: Room, exchange: Exchange, path: Target): Promise<void> {
  if (exchange.request.method !== 'POST') throw methodNotAllowed()
  const { value } = await bodyObject(exchange.request)
  const eviction = isObject(value) ? value : {}
  const { name } = isObject(eviction.metadata) ? eviction.metadata : {}
  if (name !== undefined && name !== path.name) {
    throw new ApiFault('BadRequest', 'name in URL does not match name in Eviction object')
  }
  const options = { ...callerOf(exchange), dryRun: dryRunOf(exchange) }
  const wanted = isObject(eviction.deleteOptions) ? eviction.deleteOptions : {}
  const { uid, resourceVersion } = isObject(wanted.preconditions) ? wanted.preconditions : {}
  await remove(room, path.served, {
    key: path,
    options,
    ...(typeof uid === 'string' && { uid }),
    ...(typeof resourceVersion === 'string' && { resourceVersion }),
  })
  return reply(exchange, 201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 })
}
