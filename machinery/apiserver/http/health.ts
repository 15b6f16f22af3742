import { replyText } from './encode.ts'
import type { Exchange } from './exchange.ts'

export type HealthPath = 'healthz' | 'livez' | 'readyz'

/** One thing that must be well. */
export interface HealthCheck {
  readonly name: string
  /** Where it counts; everywhere unless told. What only keeps the server from being ready need not have it restarted. */
  readonly at?: readonly HealthPath[]
  /** What is wrong, if anything is. It must answer from memory. */
  readonly trouble: () => string | undefined
}

/**
 * Answers `/healthz`, `/livez` and `/readyz` as upstream does (apiserver `server/healthz`): `?verbose` lists the checks,
 * `?exclude=NAME` leaves one out, and `/readyz/NAME` asks for one alone. Why a check fails is told in the log only.
 */
export function answerHealth(checks: readonly HealthCheck[], exchange: Exchange): Promise<void> {
  const [root = 'healthz', name, ...more] = exchange.segments
  const counting = checks.filter(({ at }) => at === undefined || at.some(one => one === root))
  if (name === undefined) return answerAll(counting, root, exchange)
  const asked = counting.find(check => check.name === name)
  if (!asked || more.length > 0) return replyText(exchange, 404, '404 page not found\n', TEXT)
  const trouble = asked.trouble()
  if (trouble === undefined) return replyText(exchange, 200, 'ok', TEXT)
  return replyText(exchange, 500, `internal server error: ${trouble}\n`, TEXT)
}

const TEXT = 'text/plain; charset=utf-8'

function answerAll(checks: readonly HealthCheck[], root: string, exchange: Exchange): Promise<void> {
  const excluded = new Set(exchange.query.getAll('exclude'))
  const lines = checks.map(check => lineOf(check, excluded))
  const unknown = [...excluded].filter(name => !checks.some(check => check.name === name))
  if (unknown.length > 0) {
    const names = unknown.map(name => JSON.stringify(name)).join(',')
    lines.push({ well: true, text: `warn: some health checks cannot be excluded: no matches for ${names}` })
  }
  const well = lines.every(line => line.well)
  if (well && !exchange.query.has('verbose')) return replyText(exchange, 200, 'ok', TEXT)
  const verdict = `${root} check ${well ? 'passed' : 'failed'}`
  const text = [...lines.map(line => line.text), verdict, ''].join('\n')
  return replyText(exchange, well ? 200 : 500, text, TEXT)
}

interface Line {
  readonly well: boolean
  readonly text: string
}

function lineOf({ name, trouble }: HealthCheck, excluded: ReadonlySet<string>): Line {
  if (excluded.has(name)) return { well: true, text: `[+]${name} excluded: ok` }
  if (trouble() === undefined) return { well: true, text: `[+]${name} ok` }
  return { well: false, text: `[-]${name} failed: reason withheld` }
}
