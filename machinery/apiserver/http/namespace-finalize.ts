import type { Room } from '../registry/room.ts'
import { asBody, isObject } from '../registry/served.ts'
import { update } from '../registry/update.ts'
import { bodyObject } from './body.ts'
import type { Exchange } from './exchange.ts'
import { callerOf, dryRunOf } from './options.ts'
import { replyObject } from './read.ts'
import { methodNotAllowed } from './status.ts'
import type { Target } from './write.ts'

/** `PUT namespaces/NAME/finalize`: says what the namespace waits for besides its content; with nothing left it goes. */
export async function answerFinalize(room: Room, exchange: Exchange, path: Target): Promise<void> {
  if (exchange.request.method !== 'PUT') throw methodNotAllowed()
  const { value } = await bodyObject(exchange.request)
  const given = asBody(value)
  const spec = isObject(given.spec) ? given.spec : {}
  const finalizers = Array.isArray(spec.finalizers) ? spec.finalizers.map(String) : []
  const object = await update(room, path.served, {
    key: path,
    subresource: 'finalize',
    revise: now => ({ ...now, spec: { ...(finalizers.length > 0 && { finalizers }) } }),
    options: { ...callerOf(exchange), dryRun: dryRunOf(exchange) },
  })
  return replyObject(room, exchange, { path, object, code: 200 })
}
