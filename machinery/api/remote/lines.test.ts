import assert from 'node:assert/strict'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { Scope } from '../../host/scope.ts'
import { isApiFault } from '../fault.ts'
import { linesOf } from './lines.ts'

/** What a server sends in these pieces; it never ends the stream by itself. */
async function streamOf(scope: Scope, pieces: readonly (string | Buffer)[]): Promise<IncomingMessage> {
  const server = createServer((_, response) => {
    response.writeHead(200)
    for (const piece of pieces) response.write(piece)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  scope.onClose(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => get(`http://127.0.0.1:${port}`, resolve).once('error', reject))
}

test('lines come whole, however they were cut, and silence after them ends the stream by name', async () => {
  await using scope = new Scope()
  const umlaut = Buffer.from('{"b":"ü"}\n')
  const pieces = ['{"a":', '1}\n', umlaut.subarray(0, 7), umlaut.subarray(7), '\n', 'half']
  const lines: string[] = []
  const reading = async () => {
    for await (const line of linesOf(await streamOf(scope, pieces), 50)) lines.push(line)
  }
  await assert.rejects(
    reading(),
    fault => isApiFault(fault, 'ServiceUnavailable') && /nothing was heard for 0.05 s/.test(fault.message),
  )
  assert.deepEqual(lines, ['{"a":1}', '{"b":"ü"}'])
})
