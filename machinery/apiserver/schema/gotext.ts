/** Values as Go prints them: they stand in messages that clients compare. */

/** Letters that Go writes with a letter of their own after the backslash. */
export const ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
}
// Quotes, backslashes, and all that strconv.IsPrint denies.
const ESCAPED = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu

/** `strconv.Quote`. */
export function quote(text: string): string {
  return `"${text.replace(ESCAPED, escaped)}"`
}

function escaped(letter: string): string {
  const known = ESCAPES[letter]
  if (known) return known
  const code = letter.codePointAt(0) ?? 0
  if (code < 0x80) return `\\x${hex(code, 2)}`
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}

const INT64 = 2 ** 63

/** Whether Go's JSON decoder makes an int64 of it. */
export function isInt64(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) < INT64
}

/** `%v` of a number that came from JSON. */
export function numberText(value: number): string {
  return isInt64(value) ? wholeText(value) : floatText(value)
}

function wholeText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString()
}

/** `%v` of a float64: the shortest digits, with an exponent below 1e-4 and from 1e6 on. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return exponential(value)
  return Object.is(value, -0) ? '-0' : String(value)
}

function exponential(value: number): string {
  const [digits, exponent = '+0'] = value.toExponential().split('e')
  return `${digits}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`
}

/** `%#v` of a value that came from JSON. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)'
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') return numberText(value)
  if (Array.isArray(value)) return `[]interface {}{${value.map(literal).join(', ')}}`
  if (typeof value !== 'object') return String(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[string]interface {}{${members.map(([key, member]) => `${quote(key)}:${literal(member)}`).join(', ')}}`
}
