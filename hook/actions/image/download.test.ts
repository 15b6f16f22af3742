import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '../../../machinery/host/clock.ts'
import { type Answer, file, status, WebServer } from '../simulated/server.ts'
import { Download } from './download.ts'
import { parseSource } from './source.ts'

const BYTES = Buffer.from('0123456789')

async function download(server: WebServer, more: { patience?: number; stall?: number } = {}) {
  const log: string[] = []
  const opened = await Download.open({
    source: parseSource(`${server.url}/f`, 'URL'),
    signal: new AbortController().signal,
    clock: systemClock,
    env: {},
    log: line => log.push(line),
    patience: 5_000,
    stall: 100,
    ...more,
  })
  const parts: Buffer[] = []
  for await (const part of opened.bytes()) parts.push(part)
  return { text: Buffer.concat(parts).toString(), log, opened }
}

const hang: Answer = (_, response) => {
  response.writeHead(200, { etag: '"v1"', 'content-length': BYTES.length })
  response.write(BYTES.subarray(0, 4))
}

test('a connection that goes silent is given up, and the rest fetched by another', async () => {
  await using server = await WebServer.start(hang, file(BYTES))
  const { text, log } = await download(server)
  assert.equal(text, '0123456789')
  assert.match(log.join(), /cut after 4 of 10 bytes: no byte came for 0.1 s; going on from there/)
})

test('a server that never answers is given up when patience ends', async () => {
  await using server = await WebServer.start(() => undefined)
  await assert.rejects(download(server, { patience: 200, stall: 50 }), {
    code: 'action/download',
    message: `${server.url}/f: no byte came for 0.05 s`,
  })
})

test('without a validator two halves are never joined', async () => {
  const anonymous: Answer = (_, response) => {
    response.writeHead(200, { 'content-length': BYTES.length })
    response.write(BYTES.subarray(0, 4), () => response.destroy())
  }
  await using server = await WebServer.start(anonymous, file(BYTES))
  await assert.rejects(download(server), { code: 'action/truncated' })
})

test('another range than the one asked for is refused', async () => {
  const wrong: Answer = (_, response) => {
    response.writeHead(206, { 'content-range': 'bytes 3-9/10', 'content-length': 7 }).end(BYTES.subarray(3))
  }
  await using server = await WebServer.start(hang, wrong)
  await assert.rejects(download(server), { message: /another part than the one asked for/ })
})

test('redirections without end, or out of the web, are refused', async () => {
  const to =
    (location: string): Answer =>
    (_, response) =>
      response.writeHead(302, { location }).end()
  await using circle = await WebServer.start(to('/f'))
  await assert.rejects(download(circle), { message: /more than 10 redirections/ })
  await using out = await WebServer.start(to('file:///etc/passwd'))
  await assert.rejects(download(out), { message: /neither http nor https/ })
})

for (const code of [400, 401, 403, 404, 410, 416]) {
  test(`${code} is final`, async () => {
    await using server = await WebServer.start(status(code))
    await assert.rejects(download(server), {
      code: 'action/download',
      message: new RegExp(`the server answered ${code}`),
    })
    assert.equal(server.asked.length, 1)
  })
}
