import { ApiFault, type StatusCause } from '../../api/fault.ts'
import { DecodeFault } from '../registry/decode.ts'
import type { WriteOptions } from '../registry/options.ts'
import type { Served } from '../registry/served.ts'
import { forbidden, invalid, notSupported, required, tooLong } from '../schema/cause.ts'
import { quote } from '../schema/gotext.ts'
import { type Exchange, warn } from './exchange.ts'
import type { ReadJson } from './json.ts'

const LONGEST_MANAGER = 128 // bytes
const VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn']
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu

type Validation = 'Ignore' | 'Strict' | 'Warn'
export type Write = 'create' | 'update' | 'patch' | 'apply'

const OPTIONS: Readonly<Record<Write, string>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
  apply: 'PatchOptions',
}

/** Refuses parameters that mean nothing, with all reasons at once (apimachinery `meta/v1/validation`). */
export function checkOptions({ query }: Pick<Exchange, 'query'>, write: Write): void {
  const manager = query.get('fieldManager') ?? ''
  const dryRun = query.getAll('dryRun')
  const validation = query.get('fieldValidation') ?? ''
  const causes = [
    ...(write === 'apply' && manager === '' ? [required('fieldManager', 'is required for apply patch')] : []),
    ...(write === 'patch' && query.has('force')
      ? [forbidden('force', 'may not be specified for non-apply patch')]
      : []),
    ...managerFaults(manager),
    ...(dryRun.every(value => value === 'All') ? [] : [unsupportedDryRun(dryRun)]),
    ...(VALIDATIONS.includes(validation) ? [] : [notSupported('fieldValidation', validation, VALIDATIONS)]),
  ]
  if (causes.length > 0) throw invalidOptions(OPTIONS[write], causes)
}

function managerFaults(manager: string): StatusCause[] {
  const faults = Buffer.byteLength(manager) > LONGEST_MANAGER ? [tooLong('fieldManager', LONGEST_MANAGER)] : []
  for (const { 0: letter, index } of manager.matchAll(UNPRINTABLE)) {
    const code = letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    const at = Buffer.byteLength(manager.slice(0, index))
    faults.push(invalid('fieldManager', manager, `invalid character U+${code} (at position ${at})`))
  }
  return faults
}

export function unsupportedDryRun(given: readonly string[]): StatusCause {
  const shown = `[]string{${given.map(quote).join(', ')}}`
  const message = `Unsupported value: ${shown}: supported values: "All"`
  return { reason: 'FieldValueNotSupported', message, field: 'dryRun' }
}

export function invalidOptions(kind: string, causes: readonly StatusCause[]): ApiFault {
  const said = causes.map(({ field, message }) => `${field}: ${message}`)
  const reasons = said.length === 1 ? said[0] : `[${said.join(', ')}]`
  const sentence = `${kind}.meta.k8s.io "" is invalid: ${reasons}`
  return new ApiFault('Invalid', sentence, { group: 'meta.k8s.io', kind, causes })
}

/** Whether an apply is to take fields from whoever has them; a parameter without a value says so too. */
export function isForced({ query }: Pick<Exchange, 'query'>): boolean {
  const force = query.get('force')
  return force !== null && !['0', 'false'].includes(force.toLowerCase())
}

function validationOf({ query }: Exchange): Validation {
  const asked = query.get('fieldValidation')
  return asked === 'Ignore' || asked === 'Strict' ? asked : 'Warn'
}

export function dryRunOf({ query }: Exchange): boolean {
  const asked = query.getAll('dryRun')
  if (asked.some(value => value !== 'All')) {
    throw new ApiFault('BadRequest', `dryRun: Unsupported value: "${asked.join(',')}": supported values: "All"`)
  }
  return asked.length > 0
}

/** Whose write it is: the identity, and the field manager as the request names it, else the program that sent it. */
export function callerOf(exchange: Exchange): WriteOptions {
  const { identity, query, request } = exchange
  const manager = fieldManager(query, request.headers['user-agent'])
  return { identity, manager, warn: sentence => warn(exchange, sentence) }
}

/** Empty when neither of them says anything. */
export function fieldManager(query: URLSearchParams, agent = ''): string {
  return query.get('fieldManager') || agentOf(agent)
}

/** What stands before the first slash, as far as it can be printed. */
function agentOf(agent: string): string {
  const name = Buffer.from((agent.split('/')[0] ?? '').replaceAll(UNPRINTABLE, ''))
  // A letter that would be cut in two is left out.
  return name
    .subarray(0, LONGEST_MANAGER)
    .toString('utf8')
    .replace(/\ufffd+$/, '')
}

/** What becomes of sentences of a strict reader: a refusal made of them, warnings, or nothing. */
export function strictness(
  exchange: Exchange,
  refused: (faults: readonly string[]) => ApiFault,
): (faults: readonly string[]) => void {
  const validation = validationOf(exchange)
  return faults => {
    if (faults.length === 0 || validation === 'Ignore') return
    if (validation === 'Strict') throw refused(faults)
    for (const fault of faults) warn(exchange, fault)
  }
}

/** How something is written in which a strict reader found this; `refused` is his refusal. */
export function writeOptions(
  exchange: Exchange,
  found: readonly string[],
  refused: (faults: readonly string[]) => ApiFault,
): WriteOptions {
  const say = strictness(exchange, refused)
  say(found)
  let said = false // told once, however often the write is tried
  const unknown = (paths: readonly string[]) => {
    if (!said) say(paths.map(path => `unknown field "${path}"`))
    said = true
  }
  return { ...callerOf(exchange), dryRun: dryRunOf(exchange), unknown }
}

/** What a strict reader says of members that stand twice. */
export function twice({ duplicates }: ReadJson): readonly string[] {
  return duplicates.map(path => `duplicate field "${path}"`)
}

export function strictFault({ kind }: Served, faults: readonly string[]): ApiFault {
  return new DecodeFault(kind, `strict decoding error: ${faults.join(', ')}`)
}
