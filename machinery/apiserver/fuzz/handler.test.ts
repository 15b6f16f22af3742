import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CUSTOM_KINDS } from '../../api/kinds.ts'
import { systemClock } from '../../host/clock.ts'
import { createLog } from '../../host/log.ts'
import { openAccess } from '../access/access.ts'
import { apiHandler, type Handler } from '../http/handler.ts'
import { type Asked, askHandler, type Said } from '../http/simulated.ts'
import { openAuthority } from '../pki/authority.ts'
import { openRegistry } from '../registry/registry.ts'
import { memoryDisk } from '../store/disk.ts'
import { dice, requestMaker } from './requests.ts'

// Requests by the thousand against the handler itself, without sockets. `BELLHOP_FUZZ=nightly` makes a million of them;
// `BELLHOP_FUZZ_SEED=n` repeats a run. What was found once is kept in corpus.json and asked again each time.

const ROUNDS = process.env.BELLHOP_FUZZ === 'nightly' ? 1_000_000 : 20_000
const MOST_GROWTH = 150 // MB of heap that all those requests may leave behind, objects they made included

const directory = mkdtempSync(join(tmpdir(), 'bellhop-fuzz-'))
const bugs: string[] = []
const closing = new AbortController()
let handler: Handler
let close: () => Promise<void> = async () => undefined

before(async () => {
  const log = createLog(systemClock, line => line.level === 'error' && bugs.push(JSON.stringify(line.facts)))
  const host = { clock: systemClock, log, random: Math.random }
  const registry = await openRegistry({ disk: memoryDisk(), host, kinds: CUSTOM_KINDS })
  const authority = openAuthority(directory, systemClock)
  const opened = openAccess({ registry, authority, dataDir: directory, host })
  await opened.settled()
  const identify = async () => ({ user: 'fuzz', groups: ['system:masters', 'system:authenticated'] })
  const token = opened.authenticator.token.bind(opened.authenticator)
  const access = { ...opened, authenticator: { identify, token } }
  handler = apiHandler({ room: registry.room, access, signal: closing.signal })
  close = async () => {
    await opened[Symbol.asyncDispose]()
    await registry[Symbol.asyncDispose]()
  }
})
after(async () => {
  closing.abort()
  await close()
  rmSync(directory, { recursive: true, force: true })
})

/** What is wrong with an answer, if anything is. */
function complaint({ code, headers, body }: Said): string | undefined {
  if (code < 100 || code > 599) return `no answer, or none that HTTP knows: ${code}`
  if (code >= 500 && code !== 504) return `a server's mistake: ${code} ${body.subarray(0, 500)}`
  const type = String(headers['content-type'] ?? '')
  if (code < 400 || type.startsWith('text/plain') || body.length === 0) return undefined
  if (type === 'application/json' && JSON.parse(body.toString()).kind !== 'Status') return `${code} without a Status`
  return undefined
}

async function ask(asked: Asked): Promise<void> {
  const said = await askHandler(handler, asked)
  const wrong = complaint(said) ?? (bugs.length > 0 ? bugs.join('\n') : undefined)
  const shown = {
    ...asked,
    ...(asked.body !== undefined && { body: Buffer.from(asked.body).toString('latin1').slice(0, 2_000) }),
  }
  assert.equal(wrong, undefined, JSON.stringify(shown))
}

test('what went wrong once goes well now', async () => {
  const corpus: readonly Asked[] = JSON.parse(readFileSync(new URL('corpus.json', import.meta.url), 'utf8'))
  for (const asked of corpus) await ask(asked)
})

test(`of ${ROUNDS} strange requests each ends in a Status or a legal answer, and none is remembered`, async context => {
  const seed = Number(process.env.BELLHOP_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))
  context.diagnostic(`BELLHOP_FUZZ_SEED=${seed}`)
  const next = requestMaker(dice(seed))
  const before = process.memoryUsage().heapUsed
  for (let round = 0; round < ROUNDS; round += 16) {
    await Promise.all(Array.from({ length: 16 }, () => ask(next())))
  }
  const grown = (process.memoryUsage().heapUsed - before) / 2 ** 20
  assert.ok(grown < MOST_GROWTH, `the heap grew by ${grown.toFixed()} MB`)
})
