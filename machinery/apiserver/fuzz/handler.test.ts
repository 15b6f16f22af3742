import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { systemClock } from '../../host/clock.ts'
import { createLog } from '../../host/log.ts'
import { dice } from '../../host/simulated/dice.ts'
import type { Asked, Said } from '../http/simulated.ts'
import { openSimulatedApi, type SimulatedApi } from '../http/simulated-api.ts'
import { requestMaker } from './requests.ts'

// Requests by the thousand against the handler itself, without sockets. `BELLHOP_FUZZ=nightly` makes a million of them, a number as many;
// `BELLHOP_FUZZ_SEED=n` repeats a run. What was found once is kept in corpus.json and asked again each time.

const ROUNDS = process.env.BELLHOP_FUZZ === 'nightly' ? 1_000_000 : Number(process.env.BELLHOP_FUZZ ?? 20_000)
const MOST_GROWTH = 100 // MB of heap that all those requests may leave behind, objects they made included

const bugs: string[] = []
let api: SimulatedApi

before(async () => {
  const log = createLog(systemClock, line => line.level === 'error' && bugs.push(JSON.stringify(line.facts)))
  api = await openSimulatedApi({ clock: systemClock, log, random: Math.random })
})
after(() => api[Symbol.asyncDispose]())

/** Bytes that are still needed: what is not has been collected first. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

/** What is wrong with an answer, if anything is. */
function complaint({ code, headers, body }: Said): string | undefined {
  if (code < 100 || code > 599) return `no answer, or none that HTTP knows: ${code}`
  // A patch of the wrong shape is answered with 500 by kube-apiserver, and so by us; our own mistakes say to look at the log.
  if (body.includes('see the log of the server')) return `a server's mistake: ${code} ${body.subarray(0, 500)}`
  const type = String(headers['content-type'] ?? '')
  if (code < 400 || type.startsWith('text/plain') || body.length === 0) return undefined
  if (type === 'application/json' && JSON.parse(body.toString()).kind !== 'Status') return `${code} without a Status`
  return undefined
}

async function ask(asked: Asked): Promise<void> {
  const said = await api.ask(asked)
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
  const before = heapInUse()
  for (let round = 0; round < ROUNDS; round += 16) {
    await Promise.all(Array.from({ length: 16 }, () => ask(next())))
  }
  const grown = (heapInUse() - before) / 2 ** 20
  context.diagnostic(`the heap grew by ${grown.toFixed(1)} MB`)
  assert.ok(grown < MOST_GROWTH, `the heap grew by ${grown.toFixed()} MB`)
})
