import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { utf8 } from '../../../../wire/bytes.ts'
import { any, count, type Functions, fn, text, variadic } from '../function.ts'
import type { Limits } from '../limits.ts'
import { print } from '../print.ts'
import { quote } from '../quote.ts'
import type { Value } from '../value.ts'
import { cutSet, textsOf } from './text.ts'

/** Sprig's functions on texts (sprig strings.go). */
export const STRINGS: Functions = {
  upper: fn([text], ([value]) => eachLetter(value, letter => letter.toUpperCase())),
  lower: fn([text], ([value]) => eachLetter(value, letter => letter.toLowerCase())),
  title: fn([text], ([value]) => value.replaceAll(/(?<![\p{L}\p{N}_'])\p{L}/gu, letter => letter.toUpperCase())),
  untitle: fn([text], ([value]) => value.replaceAll(/(?<=^|\s)\S/gu, letter => letter.toLowerCase())),
  trim: fn([text], ([value]) => value.trim()),
  trimAll: fn([text, text], ([set, value]) => cutSet(value, set)),
  trimall: fn([text, text], ([set, value]) => cutSet(value, set)),
  trimPrefix: fn([text, text], ([prefix, value]) => (value.startsWith(prefix) ? value.slice(prefix.length) : value)),
  trimSuffix: fn([text, text], ([suffix, value]) =>
    suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value,
  ),
  nospace: fn([text], ([value]) => value.replaceAll(/\s/gu, '')),
  contains: fn([text, text], ([part, value]) => value.includes(part)),
  hasPrefix: fn([text, text], ([prefix, value]) => value.startsWith(prefix)),
  hasSuffix: fn([text, text], ([suffix, value]) => value.endsWith(suffix)),
  replace: fn([text, text, text], ([old, fresh, value], limits) => {
    const growth = old === '' ? fresh.length : Math.max(0, fresh.length - old.length)
    limits.room(value.length + growth * (Math.ceil(value.length / Math.max(1, old.length)) + 1))
    return old === '' ? [...['', ...value, ''].join(fresh)].join('') : value.split(old).join(fresh)
  }),
  repeat: fn([count, text], ([times, value], limits) => {
    limits.room(value.length * Math.max(0, times))
    return value.repeat(Math.max(0, times))
  }),
  substr: fn([count, count, text], ([from, to, value]) => substring(from, to, value)),
  trunc: fn([count, text], ([most, value]) => truncated(most, value)),
  abbrev: fn([count, text], ([width, value]) =>
    width < 4 || value.length <= width ? value : `${value.slice(0, width - 3)}...`,
  ),
  initials: fn([text], ([value]) => (value.match(/(?<=^|\s)\S/gu) ?? []).join('')),
  swapcase: fn([text], ([value]) => Array.from(value, swapped).join('')),
  quote: variadic([], any, (_, values, limits) => shown(values, limits, value => quote(value))),
  squote: variadic([], any, (_, values, limits) => shown(values, limits, value => `'${value}'`)),
  cat: variadic([], any, (_, values, limits) => shown(values, limits, value => value)),
  indent: fn([count, text], ([spaces, value], limits) => indent(spaces, value, limits)),
  nindent: fn([count, text], ([spaces, value], limits) => `\n${indent(spaces, value, limits)}`),
  plural: fn([text, text, count], ([one, many, amount]) => (amount === 1 ? one : many)),
  toString: fn([any], ([value], limits) => print(value, limits)),
  toStrings: fn([any], ([value], limits) => textsOf(value, limits)),
  join: fn([text, any], ([separator, value], limits) => {
    const parts = textsOf(value, limits)
    limits.room(parts.reduce((sum, part) => sum + part.length + separator.length, 0))
    return parts.join(separator)
  }),
  split: fn([text, text], ([separator, value], limits) => numbered(parted(value, separator, limits))),
  splitn: fn([text, count, text], ([separator, most, value], limits) => {
    const parts = parted(value, separator, limits)
    if (most === 0) return numbered([])
    if (most < 0 || parts.length <= most) return numbered(parts)
    return numbered([...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)])
  }),
  splitList: fn([text, text], ([separator, value], limits) => parted(value, separator, limits)),
  sha1sum: fn([text], ([value]) => createHash('sha1').update(value).digest('hex')),
  sha256sum: fn([text], ([value]) => createHash('sha256').update(value).digest('hex')),
  sha512sum: fn([text], ([value]) => createHash('sha512').update(value).digest('hex')),
  adler32sum: fn([text], ([value]) => adler32(utf8.encode(value))),
  base: fn([text], ([path]) => (path === '' ? '.' : posix.basename(path) || '/')),
  dir: fn([text], ([path]) => posix.normalize(posix.dirname(path))),
  clean: fn([text], ([path]) =>
    posix.normalize(path).length > 1 ? posix.normalize(path).replace(/\/$/, '') : posix.normalize(path),
  ),
  ext: fn([text], ([path]) => /\.[^./]*$/.exec(path)?.[0] ?? ''),
  isAbs: fn([text], ([path]) => path.startsWith('/')),
}

/** Go maps one letter to one letter: what JavaScript would make two of stays as it is. */
function eachLetter(value: string, change: (letter: string) => string): string {
  return Array.from(value, letter => {
    const changed = change(letter)
    return [...changed].length === 1 ? changed : letter
  }).join('')
}

function indent(spaces: number, value: string, limits: Limits): string {
  const width = Math.max(0, spaces)
  const lines = value.split('\n')
  limits.room(value.length + width * lines.length)
  return lines.map(line => `${' '.repeat(width)}${line}`).join('\n')
}

function shown(values: readonly Value[], limits: Limits, each: (value: string) => string): string {
  return values
    .filter(value => value !== null)
    .map(value => each(print(value, limits)))
    .join(' ')
}

function parted(value: string, separator: string, limits: Limits): string[] {
  const parts = separator === '' ? [...value] : value.split(separator)
  limits.step(parts.length)
  return parts
}

/** Sprig gives the parts of a split as a map with the keys _0, _1, ... */
function numbered(parts: readonly string[]): Value {
  return new Map(parts.map((part, at) => [`_${at}`, part]))
}

/** Positions count bytes, as Go's slices do. */
function substring(from: number, to: number, value: string): string {
  const bytes = utf8.encode(value)
  if (from < 0) return utf8.decode(bytes.subarray(0, Math.max(0, to)))
  if (to < 0 || to > bytes.length) return utf8.decode(bytes.subarray(from))
  return utf8.decode(bytes.subarray(from, to))
}

function truncated(most: number, value: string): string {
  const bytes = utf8.encode(value)
  if (most < 0 && bytes.length + most > 0) return utf8.decode(bytes.subarray(bytes.length + most))
  return most >= 0 && bytes.length > most ? utf8.decode(bytes.subarray(0, most)) : value
}

function swapped(letter: string): string {
  return letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()
}

function adler32(bytes: Uint8Array): string {
  let [a, b] = [1, 0]
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return String(b * 65536 + a)
}
