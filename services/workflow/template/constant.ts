// Constants as Go writes them (Go: text/template/parse/node.go newNumber, strconv.Unquote).

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
}
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([^\n]))/g
const HIGHEST_CHARACTER = 0x10ffff

/** The text of a quoted string; undefined when an escape in it is none of Go's. */
export function unquote(quoted: string): string | undefined {
  let good = true
  const quote = quoted.charAt(0)
  const text = quoted.slice(1, -1).replace(ESCAPE, (all, x, u, long, octal, simple) => {
    const digits = x ?? u ?? long
    const code = digits === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(digits, 16)
    if (simple === undefined && code <= HIGHEST_CHARACTER) return String.fromCodePoint(code)
    const plain =
      simple === undefined || ((simple === '"' || simple === "'") && simple !== quote) ? undefined : ESCAPES[simple]
    if (plain === undefined) good = false
    return plain ?? all
  })
  return good ? text : undefined
}

/** The code point of a character constant; undefined when it is not exactly one character. */
export function character(quoted: string): bigint | undefined {
  const characters = [...(unquote(quoted) ?? '')]
  const code = characters.length === 1 ? characters[0]?.codePointAt(0) : undefined
  return code === undefined ? undefined : BigInt(code)
}

const INTEGER = /^[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|0|[1-9](?:_?[0-9])*)$/
const FLOAT = /^[+-]?(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9]+)?$/
const HEX_FLOAT = /^([+-]?)0[xX]([0-9a-fA-F_]*)\.?([0-9a-fA-F_]*)[pP]([+-]?[0-9]+)$/
export const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n } as const

/** A whole number as `bigint`, a fraction as `number`; undefined for what Go does not read, or what does not fit. */
export function number(text: string): bigint | number | undefined {
  if (INTEGER.test(text)) {
    const value = integer(text)
    return value >= INT64.least && value <= INT64.most ? value : undefined
  }
  if (FLOAT.test(text)) return finite(Number(text.replaceAll('_', '')))
  const hex = HEX_FLOAT.exec(text)
  if (!hex) return undefined
  const [, sign, whole = '', part = '', exponent] = hex
  const digits = `${whole}${part}`.replaceAll('_', '')
  if (digits === '') return undefined
  const scale = 2 ** (Number(exponent) - 4 * part.replaceAll('_', '').length)
  return finite((sign === '-' ? -1 : 1) * Number(`0x${digits}`) * scale)
}

function integer(text: string): bigint {
  const plain = text.replaceAll('_', '')
  const digits = plain.replace(/^[+-]/, '').replace(/^0(?=[0-9])/, '0o')
  const value = BigInt(digits)
  return plain.startsWith('-') ? -value : value
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined)
