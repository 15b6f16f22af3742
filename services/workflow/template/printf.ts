import { utf8 } from '../../../wire/bytes.ts'
import type { Limits } from './limits.ts'
import { goExponent, print, printFloat } from './print.ts'
import { quote } from './quote.ts'
import { isDict, isList, Struct, sortedKeys, typeName, type Value } from './value.ts'

interface Format {
  readonly flags: string
  readonly width?: number
  readonly precision?: number
  readonly verb: string
}

const DIRECTIVE = /%([-+# 0]*)(\*|[0-9]+)?(?:\.(\*|[0-9]*))?(.)?/gsu
/** Wider than any line; fmt stops at 1e6. */
const WIDTH_MOST = 1_000_000

/** Go's `fmt.Sprintf`, its complaints about wrong arguments included (fmt/print.go). Argument indexes are not read. */
export function printf(format: string, args: readonly Value[], limits: Limits): string {
  let next = 0
  let length = 0
  const star = (text: string | undefined): number | undefined => {
    if (text !== '*') return text === undefined ? undefined : Number(text || 0)
    const value = args[next++]
    return typeof value === 'bigint' ? Number(value) : undefined
  }
  const text = format.replace(DIRECTIVE, (_, flags: string, width, precision, verb: string | undefined) => {
    if (verb === undefined) return '%!(NOVERB)'
    if (verb === '%') return '%'
    const wide = star(width)
    const exact = star(precision)
    const left = wide !== undefined && wide < 0
    const most = Math.max(Math.abs(wide ?? 0), exact ?? 0)
    limits.room(length + Math.min(most, WIDTH_MOST))
    if (most > WIDTH_MOST) return `%!(BADWIDTH)`
    if (next >= args.length) return `%!${verb}(MISSING)`
    const value = args[next++] ?? null
    const shown = one(
      value,
      {
        flags: left ? `${flags}-` : flags,
        verb,
        ...(wide !== undefined && { width: Math.abs(wide) }),
        ...(exact !== undefined && { precision: exact }),
      },
      limits,
    )
    length += shown.length
    limits.room(length)
    return shown
  })
  if (next >= args.length) return text
  const extra = args.slice(next).map(value => (value === null ? '<nil>' : `${typeName(value)}=${print(value, limits)}`))
  return `${text}%!(EXTRA ${extra.join(', ')})`
}

function one(value: Value, format: Format, limits: Limits): string {
  const { verb } = format
  if (verb === 'T') return pad(value === null ? '<nil>' : typeName(value), format)
  if (value === null) return pad(verb === 'v' ? '<nil>' : `%!${verb}(<nil>)`, format)
  if (isList(value) || isDict(value) || value instanceof Struct) return composite(value, format, limits)
  const shown = scalar(value, format)
  return shown === undefined ? `%!${verb}(${typeName(value)}=${print(value, limits)})` : pad(shown, format)
}

/** Each element by itself, in Go's brackets. */
function composite(value: Value, format: Format, limits: Limits): string {
  const { verb, flags } = format
  const each = (item: Value) => {
    limits.step()
    return one(item, format, limits)
  }
  if (verb === 'v' && flags.includes('#')) return pad(print(value, limits), format)
  if (isList(value)) return `[${value.map(each).join(' ')}]`
  if (isDict(value))
    return `map[${sortedKeys(value)
      .map(key => `${each(key)}:${each(value.get(key) ?? null)}`)
      .join(' ')}]`
  if (!(value instanceof Struct)) return ''
  const named = verb === 'v' && flags.includes('+')
  return `{${[...value.fields].map(([name, item]) => (named ? `${name}:${each(item)}` : each(item))).join(' ')}}`
}

/** Undefined where the verb does not suit the value. */
function scalar(value: boolean | string | bigint | number, format: Format): string | undefined {
  switch (typeof value) {
    case 'boolean':
      return 'vt'.includes(format.verb) ? String(value) : undefined
    case 'string':
      return ofString(value, format)
    case 'bigint':
      return ofInteger(value, format)
    default:
      return ofFloat(value, format)
  }
}

function ofString(value: string, { verb, flags, precision }: Format): string | undefined {
  const cut = precision === undefined ? value : [...value].slice(0, precision).join('')
  switch (verb) {
    case 'v':
      return flags.includes('#') ? quote(cut) : cut
    case 's':
      return cut
    case 'q':
      return flags.includes('#') && !/[`\p{Cc}]/u.test(cut) ? `\`${cut}\`` : quote(cut, flags.includes('+'))
    case 'x':
    case 'X': {
      const bytes = utf8.encode(value).subarray(0, precision ?? value.length * 4)
      const separator = flags.includes(' ') ? ' ' : ''
      const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(separator)
      const shown = flags.includes('#') ? `0x${hex}` : hex
      return verb === 'X' ? shown.toUpperCase() : shown
    }
  }
  return undefined
}

const BASES: Readonly<Record<string, { readonly radix: number; readonly prefix: string } | undefined>> = {
  v: { radix: 10, prefix: '' },
  d: { radix: 10, prefix: '' },
  b: { radix: 2, prefix: '0b' },
  o: { radix: 8, prefix: '0' },
  O: { radix: 8, prefix: '' },
  x: { radix: 16, prefix: '0x' },
  X: { radix: 16, prefix: '0X' },
}

function ofInteger(value: bigint, format: Format): string | undefined {
  const { verb, flags, precision, width } = format
  const code = Number(value)
  const character = code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
  if (verb === 'c') return character
  if (verb === 'q') return `'${quote(character).slice(1, -1).replace(/^'$/, "\\'").replace('\\"', '"')}'`
  if (verb === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`
  const base = BASES[verb]
  if (!base) return undefined
  const negative = value < 0n
  let digits = (negative ? -value : value).toString(base.radix)
  if (verb === 'X') digits = digits.toUpperCase()
  const prefix = `${verb === 'O' ? '0o' : ''}${flags.includes('#') && verb !== 'v' ? base.prefix : ''}`
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const zeros = flags.includes('0') && !flags.includes('-') && precision === undefined && width !== undefined
  const least = precision ?? (zeros ? width - sign.length : 0)
  return `${sign}${prefix}${digits.padStart(least, '0')}`
}

function ofFloat(value: number, format: Format): string | undefined {
  const { verb, flags, precision, width } = format
  if (!'vbeEfFgG'.includes(verb) || verb === 'b') return undefined
  const shown = Number.isFinite(value) ? floatDigits(value, verb, precision) : printFloat(value).replace('+', '')
  const negative = shown.startsWith('-')
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const bare = negative ? shown.slice(1) : shown
  const zeros = flags.includes('0') && !flags.includes('-') && width !== undefined && Number.isFinite(value)
  return `${sign}${zeros ? bare.padStart(width - sign.length, '0') : bare}`
}

/** JavaScript prints at most 100 digits after the point; nobody asks for more. */
const DIGITS_MOST = 100

function floatDigits(value: number, verb: string, precision: number | undefined): string {
  const digits = Math.min(precision ?? 6, DIGITS_MOST)
  const exponent = (text: string) =>
    text.replace(/e([+-])([0-9]+)$/, (_, sign, power) => `e${goExponent(Number(sign + power))}`)
  switch (verb) {
    case 'f':
    case 'F':
      return fixed(value, digits)
    case 'e':
    case 'E': {
      const shown = exponent(value.toExponential(digits))
      return verb === 'E' ? shown.toUpperCase() : shown
    }
  }
  const shown =
    precision === undefined
      ? printFloat(value)
      : printFloat(Number(value.toPrecision(Math.max(1, digits))), Math.max(1, digits))
  return verb === 'G' ? shown.toUpperCase() : shown
}

/** `toFixed` turns to exponents from 1e21 on. */
function fixed(value: number, digits: number): string {
  if (Math.abs(value) < 1e21) return evenTie(value, digits) ?? value.toFixed(digits)
  return `${BigInt(value)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`
}

/** Exactly between two neighbours Go takes the even one, JavaScript the larger one. */
function evenTie(value: number, digits: number): string | undefined {
  const exact = value.toFixed(DIGITS_MOST)
  const cut = exact.length - DIGITS_MOST + digits
  if (digits >= DIGITS_MOST || !/^50*$/.test(exact.slice(cut))) return undefined
  const down = exact.slice(0, cut).replace(/\.$/, '')
  return /[02468]$/.test(down) ? down : undefined
}

function pad(text: string, { width, flags, verb }: Format): string {
  if (width === undefined) return text
  const missing = width - [...text].length
  if (missing <= 0) return text
  if (flags.includes('-')) return text + ' '.repeat(missing)
  return (flags.includes('0') && 'sqv'.includes(verb) ? '0' : ' ').repeat(missing) + text
}
