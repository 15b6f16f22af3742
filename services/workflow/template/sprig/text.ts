import type { Limits } from '../limits.ts'
import { print } from '../print.ts'
import { isList, type Value } from '../value.ts'

/** A value as a list of texts, without what is nil; what is no list is one text (sprig `strslice`). */
export function textsOf(value: Value, limits: Limits): string[] {
  if (value === null) return []
  if (!isList(value)) return [print(value, limits)]
  return value.filter(item => item !== null).map(item => print(item, limits))
}

/** Without the characters of `set` at either end (Go: strings.Trim). */
export function cutSet(value: string, set: string): string {
  const unwanted = new Set(set)
  const characters = [...value]
  let [start, end] = [0, characters.length]
  while (start < end && unwanted.has(characters[start] ?? '')) start++
  while (end > start && unwanted.has(characters[end - 1] ?? '')) end--
  return characters.slice(start, end).join('')
}
