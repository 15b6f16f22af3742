import type { IncomingHttpHeaders } from 'node:http'
import { ApiFault } from '../fault.ts'

// When a request is sent again (client-go `rest/with_retry.go`): a server that says when is believed, within a bound.

const TRIES = 10
const WAIT_MOST = 30_000 // milliseconds, for one wait
const TOGETHER_MOST = 120_000 // milliseconds, for all waits of one request
const RESET_TRIES = 3
const RESET_WAIT = 100 // milliseconds

/** How often a request was sent again, and how long it waited for that. */
export interface Tried {
  readonly times: number
  readonly waited: number
}

export const UNTRIED: Tried = { times: 0, waited: 0 }

/** Milliseconds until the request may come again; undefined when the answer stands. */
export function waitAfterAnswer(code: number, headers: IncomingHttpHeaders, tried: Tried): number | undefined {
  const asked = headers['retry-after']
  if ((code !== 429 && code < 500) || asked === undefined || !/^[0-9]{1,9}$/.test(asked)) return undefined
  const wait = Math.min(Number(asked) * 1000, WAIT_MOST)
  return tried.times + 1 < TRIES && tried.waited + wait <= TOGETHER_MOST ? wait : undefined
}

const LOST: readonly string[] = ['ECONNRESET', 'EPIPE', 'ECONNABORTED']

/** The same for a connection that was lost: whoever only reads may ask again; of a write nobody knows whether it was done. */
export function waitAfterLoss(method: string, error: Error, tried: Tried): number | undefined {
  const { code = '' } = error as { code?: string }
  return method === 'GET' && LOST.includes(code) && tried.times + 1 < RESET_TRIES ? RESET_WAIT : undefined
}

export function unreachable(server: string, error: Error): ApiFault {
  return new ApiFault('ServiceUnavailable', `${server} does not answer: ${error.message}`)
}
