import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { systemClock } from './clock.ts'
import { HostFault } from './fault.ts'
import { clientAddress, openHttp } from './http.ts'
import { createLog, type LogLine } from './log.ts'

const lines: LogLine[] = []
const host = { clock: systemClock, random: Math.random, log: createLog(systemClock, line => lines.push(line)) }
const local = { address: '127.0.0.1', port: 0, host }

test('a handler answers; one that throws is a 500 and a log line, and the next request is served', async () => {
  await using http = await openHttp({
    ...local,
    handle: (request, response) => {
      if (request.url === '/bug') throw new Error('a bug')
      response.end(clientAddress(request))
    },
  })
  const at = `http://127.0.0.1:${http.port}`
  assert.equal((await fetch(`${at}/bug`)).status, 500)
  assert.equal(await (await fetch(at)).text(), '127.0.0.1')
  assert.match(lines.at(-1)?.facts.reason?.toString() ?? '', /a bug/)
})

test('a port that is taken is named with its cure', async () => {
  await using http = await openHttp({ ...local, handle: () => undefined })
  const again = openHttp({ ...local, port: http.port, handle: () => undefined })
  const named = new RegExp(`HTTP 127.0.0.1:${http.port}: another program has this port; .*choose another port`)
  await assert.rejects(again, fault => fault instanceof HostFault && named.test(fault.message))
})

test('what is no HTTP is counted, answered with 400, and ends nothing', async () => {
  await using http = await openHttp({ ...local, handle: (_request, response) => void response.end('ok') })
  const socket = connect(http.port, '127.0.0.1')
  socket.end('\x16\x03\x01 hello\r\n\r\n')
  const [reply] = await once(socket, 'data')
  assert.match(String(reply), /^HTTP\/1.1 400/)
  assert.equal(http.malformed.count, 1)
  assert.equal((await fetch(`http://127.0.0.1:${http.port}/`)).status, 200)
})
