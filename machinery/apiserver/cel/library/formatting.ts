import { floatText, quote } from '../../schema/gotext.ts'
import { durationText, timestampText } from '../time.ts'
import {
  Duration,
  Failure,
  isMapping,
  List,
  type Mapping,
  Timestamp,
  TypeValue,
  typeName,
  Uint,
  type Value,
} from '../value.ts'

const CLAUSE = /%(%|(?:\.(\d*))?([\s\S])?)/g

/** `'%s is %d'.format([name, count])` (cel-go `ext/formatting.go`). */
export function formatted(text: string, { items }: List): Value {
  let next = 0
  let failure: Failure | undefined
  const whole = text.replaceAll(CLAUSE, (_, all: string, precision: string | undefined, letter: string | undefined) => {
    if (all === '%') return '%'
    const item = items[next]
    next += 1
    const shown = item === undefined ? new Failure(`index ${next - 1} out of range`) : clause(letter, precision, item)
    if (shown instanceof Failure) failure ??= shown
    return String(shown)
  })
  return failure ?? whole
}

function clause(letter: string | undefined, precision: string | undefined, value: Value): string | Failure {
  if (letter === undefined) return new Failure('unexpected end of string')
  const show = CLAUSES[letter]
  if (!show) return new Failure(`could not parse formatting clause: unrecognized formatting clause "${letter}"`)
  const shown = show(value, precision === undefined ? 6 : Number(precision))
  if (shown !== undefined) return shown
  return new Failure(`error during formatting: ${MEANT[letter.toLowerCase()]}, was given ${typeName(value)}`)
}

const MEANT: Readonly<Record<string, string>> = {
  s: 'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps',
  d: 'decimal clause can only be used on integers',
  f: 'fixed-point clause can only be used on doubles',
  e: 'scientific clause can only be used on doubles',
  b: 'only integers and bools can be formatted as binary',
  x: 'only integers, byte buffers, and strings can be formatted as hex',
  o: 'octal clause can only be used on integers',
}

type Show = (value: Value, precision: number) => string | undefined

const CLAUSES: Readonly<Record<string, Show>> = {
  s: plainText,
  d: value => wholeOf(value)?.toString(),
  f: (value, precision) => doubleOf(value, number => grouped(fixed(number, Math.min(precision, 50)))),
  e: (value, precision) => doubleOf(value, number => scientific(number, precision)),
  b: value => (typeof value === 'boolean' ? String(Number(value)) : wholeOf(value)?.toString(2)),
  o: value => wholeOf(value)?.toString(8),
  x: hex,
  X: value => hex(value)?.toUpperCase(),
}

function wholeOf(value: Value): bigint | undefined {
  return value instanceof Uint ? value.value : typeof value === 'bigint' ? value : undefined
}

const WORDS: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity }

function doubleOf(value: Value, show: (number: number) => string): string | undefined {
  const number = typeof value === 'string' ? WORDS[value] : value
  if (typeof number !== 'number') return undefined
  if (Number.isNaN(number)) return 'NaN'
  return Number.isFinite(number) ? show(number) : number > 0 ? '∞' : '-∞'
}

/** Rounds half to even, as Go does and JavaScript does not. The last digits of the exact text tell a half. */
function fixed(number: number, precision: number): string {
  const near = number.toFixed(precision)
  const exact = number.toFixed(100)
  const rest = exact.slice(exact.indexOf('.') + 1 + precision)
  if (!/^50*$/.test(rest)) return near
  const cut = exact.slice(0, exact.length - rest.length).replace(/\.$/, '')
  return Number(cut.at(-1)) % 2 === 0 ? cut : near
}

/** English as `golang.org/x/text/message` writes it. */
function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.')
  const groups = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? groups : `${groups}.${fraction}`
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function scientific(number: number, precision: number): string {
  const [digits = '', exponent = ''] = number.toExponential(Math.min(precision, 100)).split('e')
  const size = exponent.slice(1).padStart(2, '0')
  const raised = [...size].map(digit => RAISED[Number(digit)]).join('')
  return `${digits}\u202f×\u202f10${exponent.startsWith('-') ? '⁻' : ''}${raised}`
}

function hex(value: Value): string | undefined {
  if (typeof value === 'string') return Buffer.from(value).toString('hex')
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return wholeOf(value)?.toString(16)
}

function plainText(value: Value): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return floatText(value)
  if (value instanceof Uint) return String(value.value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString()
  if (value instanceof Timestamp) return timestampText(value)
  if (value instanceof Duration) return durationText(value)
  if (value instanceof TypeValue) return value.name
  if (value instanceof List) return allOf(value.items.map(inner), texts => `[${texts.join(', ')}]`)
  if (value !== null && isMapping(value)) return mapText(value)
  return value === null || typeof value !== 'object' ? String(value) : undefined
}

function allOf(texts: readonly (string | undefined)[], show: (texts: readonly string[]) => string): string | undefined {
  const known = texts.filter(text => text !== undefined)
  return known.length === texts.length ? show(known) : undefined
}

function mapText(map: Mapping): string | undefined {
  const entries = map.keys().map(key => allOf([inner(key), inner(map.find(key) ?? null)], pair => pair.join(':')))
  return allOf(entries, texts => `{${texts.toSorted().join(', ')}}`)
}

/** As a literal of CEL. */
function inner(value: Value): string | undefined {
  if (typeof value === 'string') return quote(value)
  if (value instanceof Uint8Array) return `b${quote(Buffer.from(value).toString())}`
  if (value instanceof Timestamp) return `timestamp(${quote(timestampText(value))})`
  if (value instanceof Duration) return `duration(${quote(durationText(value))})`
  if (typeof value !== 'number') return plainText(value)
  return Number.isFinite(value) ? value.toFixed(6) : quote(floatText(value))
}
