import { RE2JS, RE2JSSyntaxException } from 're2js'
import { ESCAPES } from '../../schema/gotext.ts'
import type { Table } from '../function.ts'
import { Failure, List, type Mapping, runes, sizeOf, type Value } from '../value.ts'
import { formatted } from './formatting.ts'

function matcher(pattern: string): RE2JS | Failure {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return new Failure(error.message)
    throw error
  }
}

/** Why a text is no regular expression of RE2; nothing if it is one. */
export function patternFault(pattern: string): string | undefined {
  const compiled = matcher(pattern)
  return compiled instanceof Failure ? compiled.why : undefined
}

type Search = (pattern: RE2JS) => (text: string, pattern: string, most?: bigint) => Value

const SEARCHES: Readonly<Record<string, Search>> = {
  matches: pattern => text => pattern.matcher(text).find(),
  find: pattern => text => allIn(text, pattern, 1n)[0] ?? '',
  findAll: pattern => (text, _, most) => new List(allIn(text, pattern, most)),
}

/** A search whose pattern is known before the text is; nothing for what is no search. */
export function searchFor(name: string, pattern: string): ReturnType<Search> | Failure | undefined {
  const search = Object.hasOwn(SEARCHES, name) ? SEARCHES[name] : undefined
  const compiled = search && matcher(pattern)
  return compiled instanceof Failure ? compiled : compiled && search?.(compiled)
}

function allIn(text: string, pattern: RE2JS, most = -1n): string[] {
  const found: string[] = []
  const places = pattern.matcher(text)
  while ((most < 0n || BigInt(found.length) < most) && places.find()) found.push(places.group() ?? '')
  return found
}

function searching(name: string): (text: string, pattern: string, most?: bigint) => Value {
  return (text, pattern, most) => {
    const search = searchFor(name, pattern)
    return search instanceof Failure || !search ? (search ?? null) : search(text, pattern, most)
  }
}

function outOfRange(index: bigint): Failure {
  return new Failure(`index out of range: ${index}`)
}

function charAt(text: string, index: bigint): Value {
  const letters = [...text]
  if (index < 0n || index > letters.length) return outOfRange(index)
  return letters[Number(index)] ?? ''
}

function substring(text: string, start: bigint, end?: bigint): Value {
  const letters = [...text]
  const until = end ?? BigInt(letters.length)
  if (end !== undefined && start > end) {
    return new Failure(`invalid substring range. start: ${start}, end: ${end}`)
  }
  if (start < 0n || start > letters.length) return outOfRange(start)
  if (until < 0n || until > letters.length) return outOfRange(until)
  return letters.slice(Number(start), Number(until)).join('')
}

function indexOf(text: string, part: string, from = 0n): Value {
  if (part === '') return from
  if (from < 0n) return outOfRange(from)
  const letters = [...text]
  if (from >= letters.length) return -1n
  const before = letters.slice(0, Number(from)).join('').length
  const at = text.indexOf(part, before)
  return at < 0 ? -1n : BigInt(runes(text.slice(0, at)))
}

function lastIndexOf(text: string, part: string, from?: bigint): Value {
  const letters = [...text]
  if (part === '') return from ?? BigInt(letters.length)
  const last = from ?? BigInt(letters.length - 1)
  if (last < 0n && from !== undefined) return outOfRange(last)
  if (last >= letters.length) return -1n
  const before = letters.slice(0, Number(last)).join('').length
  const at = text.lastIndexOf(part, before)
  return at < 0 ? -1n : BigInt(runes(text.slice(0, at)))
}

function replace(text: string, part: string, by: string, most = -1n): Value {
  if (most < 0n)
    return part === '' ? [...text].map(letter => by + letter).join('') + by : text.replaceAll(part, () => by)
  const pieces = splitAt(text, part, most + 1n)
  return part === '' ? replaceEmpty(text, by, most) : pieces.join(by)
}

function replaceEmpty(text: string, by: string, most: bigint): string {
  const letters = [...text]
  const places = Math.min(Number(most), letters.length + 1)
  return (
    letters.map((letter, at) => (at < places ? by + letter : letter)).join('') + (places > letters.length ? by : '')
  )
}

function split(text: string, by: string, most = -1n): Value {
  return new List(splitAt(text, by, most))
}

function splitAt(text: string, by: string, most: bigint): string[] {
  if (most === 0n) return []
  const parts = by === '' ? [...text] : text.split(by)
  if (most < 0n || parts.length <= most) return parts
  const kept = parts.slice(0, Number(most) - 1)
  return [...kept, parts.slice(kept.length).join(by)]
}

function join(list: List, by = ''): Value {
  const wrong = list.items.find(item => typeof item !== 'string')
  return wrong === undefined ? list.items.join(by) : new Failure(`join: invalid input: ${String(wrong)}`)
}

function quote(text: string): Value {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ones that have an escape
  return `"${text.replaceAll(/[\u0007-\u000d\\"]/g, letter => ESCAPES[letter] ?? letter)}"`
}

function trim(text: string): Value {
  const blank = (at: number) => /\p{White_Space}/u.test(text.charAt(at))
  let [start, end] = [0, text.length]
  while (start < end && blank(start)) start += 1
  while (end > start && blank(end - 1)) end -= 1
  return text.slice(start, end)
}

function size(value: string | Uint8Array | List | Mapping): bigint {
  return BigInt(sizeOf(value))
}

const SIZED = ['string', 'bytes', 'list<T>', 'map<K, V>']

/** Texts: the language's own functions, those of cel-go's `ext.Strings` version 2, and Kubernetes' `find`. */
export const STRINGS: Table = [
  ...SIZED.flatMap(type => [[`size(${type}) int`, size] as const, [`.size(${type}) int`, size] as const]),
  ['.contains(string, string) bool', (text: string, part: string) => text.includes(part)],
  ['.startsWith(string, string) bool', (text: string, part: string) => text.startsWith(part)],
  ['.endsWith(string, string) bool', (text: string, part: string) => text.endsWith(part)],
  ['matches(string, string) bool', searching('matches')],
  ['.matches(string, string) bool', searching('matches')],
  ['.find(string, string) string', searching('find')],
  ['.findAll(string, string) list<string>', searching('findAll')],
  ['.findAll(string, string, int) list<string>', searching('findAll')],
  ['.charAt(string, int) string', charAt],
  ['.format(string, list<dyn>) string', formatted],
  ['.indexOf(string, string) int', indexOf],
  ['.indexOf(string, string, int) int', indexOf],
  ['.lastIndexOf(string, string) int', lastIndexOf],
  ['.lastIndexOf(string, string, int) int', lastIndexOf],
  ['.lowerAscii(string) string', (text: string) => text.replaceAll(/[A-Z]/g, letter => letter.toLowerCase())],
  ['.upperAscii(string) string', (text: string) => text.replaceAll(/[a-z]/g, letter => letter.toUpperCase())],
  ['.replace(string, string, string) string', replace],
  ['.replace(string, string, string, int) string', replace],
  ['.split(string, string) list<string>', split],
  ['.split(string, string, int) list<string>', split],
  ['.substring(string, int) string', substring],
  ['.substring(string, int, int) string', substring],
  ['.trim(string) string', trim],
  ['.join(list<string>) string', join],
  ['.join(list<string>, string) string', join],
  ['strings.quote(string) string', quote],
]
