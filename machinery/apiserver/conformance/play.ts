import type { Clock } from '../../host/clock.ts'
import { isObject } from '../registry/served.ts'
import type { Case, Step } from './case.ts'
import { filled, type References } from './fill.ts'
import { picked } from './pick.ts'
import type { Answer, Server } from './server.ts'
import { Steady } from './steady.ts'

/** What is kept of an answer. */
export interface Shown {
  readonly code: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface Stage {
  readonly server: Server
  readonly clock: Clock
  /** What tells this run of a case from every other on the same server. */
  readonly salt: string
}

const TRIES = 2000
const PAUSE = 10 // milliseconds

/** Plays a case on a server, in a namespace of its own; gives the answers to be compared. */
export async function play(stage: Stage, { steps }: Case): Promise<readonly Shown[]> {
  const ns = `conf-${stage.salt}`
  const kept = new Map<string, unknown>()
  const references: References = { ns, group: `${ns}.example.com`, kept }
  const steady = new Steady(references, stage.clock.now())
  const namespace: Step = { send: 'POST /api/v1/namespaces', body: { metadata: { name: ns } }, show: 'nothing' }
  const shown: Shown[] = []
  for (const step of [namespace, ...steps]) {
    const answer = await answered(stage, filled(step, references))
    if (step.as) kept.set(step.as, answer.body)
    if (step.show !== 'nothing') shown.push(shownOf(step, answer, steady))
    else if (answer.code >= 300) return [...shown, failed(step, answer, steady)]
  }
  return shown
}

async function answered({ server, clock }: Stage, step: Step): Promise<Answer> {
  const [method = '', path = ''] = step.send.split(' ')
  const { body, events } = step
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
  const plain = { accept: 'application/json', ...step.headers }
  const headers = body === undefined ? plain : { 'content-type': step.type ?? 'application/json', ...plain }
  const asking = { method, path, headers, ...(text !== undefined && { body: text }), ...(events && { events }) }
  for (let tries = 1; ; tries++) {
    const answer = await server.ask(asking)
    if (awaited(step, answer) || tries === TRIES) return answer
    await clock.wait(PAUSE)
  }
}

function awaited({ until, settled }: Step, { code, body }: Answer): boolean {
  if (settled !== undefined) return Object.keys(picked(body, [settled])).length > 0
  return until === undefined || code === until
}

function shownOf({ show = 'answer', showHeaders = [] }: Step, answer: Answer, steady: Steady): Shown {
  const wanted = ['warning', ...showHeaders].filter(name => answer.headers[name] !== undefined)
  const headers = Object.fromEntries(wanted.map(name => [name, steady.of(answer.headers[name])])) as Record<
    string,
    string
  >
  const said = { code: answer.code, ...(wanted.length > 0 && { headers }) }
  if (show === 'code' || show === 'nothing') return said
  // A refusal is always shown whole: it is what a client, or a person, has to go on with.
  const refused = isObject(answer.body) && answer.body.kind === 'Status'
  const wordy = typeof show !== 'string' && show.some(path => /managedFields|description/.test(path))
  const body = steady.of(wordy ? answer.body : brief(answer.body))
  return { ...said, body: show === 'answer' || refused ? body : picked(body, show) }
}

/**
 * Who manages what is shown where a case is about it, and would bury everything else; what columns say of themselves is
 * for people, and each server's own to word.
 */
function brief(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(brief)
  if (!isObject(value)) return value
  const column = value.name !== undefined && value.type !== undefined && value.priority !== undefined
  const fields = Object.entries(value).filter(([key]) => key !== 'managedFields' && !(column && key === 'description'))
  return Object.fromEntries(fields.map(([key, item]) => [key, brief(item)]))
}

function failed(step: Step, answer: Answer, steady: Steady): Shown {
  return { code: answer.code, body: { given: step.send, answered: steady.of(answer.body) } }
}
