import type { Backup } from '../backup/take.ts'
import type { Exchange } from './exchange.ts'
import { drained } from './incoming.ts'
import { methodNotAllowed, noSuchPath } from './status.ts'

/** Sends all that a server needs to start elsewhere; RBAC lets in whoever may `get` this path, which administrators may. */
export async function answerBackup(take: (() => Promise<Backup>) | undefined, exchange: Exchange): Promise<void> {
  const { request, response, signal } = exchange
  if (!take) throw noSuchPath()
  if (request.method !== 'GET') throw methodNotAllowed()
  using backup = await take()
  response.writeHead(200, { 'content-type': 'application/x-tar', 'cache-control': 'no-store' })
  for await (const bytes of backup.bytes()) {
    if (signal.aborted) return
    if (!response.write(bytes)) await drained(response)
  }
  response.end()
}
