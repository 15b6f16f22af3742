import { ApiFault } from '../../api/fault.ts'

const DEEPEST = 128

/** JSON text and the paths of members that it says twice. */
export interface ReadJson {
  readonly value: unknown
  readonly duplicates: readonly string[]
}

export function readJson(text: string): ReadJson {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ApiFault(
      'BadRequest',
      `the object provided is not JSON: ${error instanceof Error ? error.message : error}`,
    )
  }
  // Most bodies say nothing twice: then as many members are in the value as names are in the text.
  return { value, duplicates: namesIn(text) === membersIn(value) ? [] : duplicatesIn(text) }
}

const COLON = 58
const BACKSLASH = 92
const BLANK = 32 // the last of JSON's white space

/** How many strings of well-formed JSON are names of members: those that a colon follows. */
function namesIn(text: string): number {
  let names = 0
  for (let quote = text.indexOf('"'); quote >= 0; ) {
    let next = endOfString(text, quote) + 1
    while (text.charCodeAt(next) <= BLANK) next++
    if (text.charCodeAt(next) === COLON) names++
    quote = text.indexOf('"', next)
  }
  return names
}

function endOfString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end
    while (text.charCodeAt(before - 1) === BACKSLASH) before--
    if ((end - before) % 2 === 0) return end
  }
}

/** How many members all objects in a value have; refuses one that is nested too deep. */
function membersIn(value: unknown, depth = 1): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth > DEEPEST) throw new ApiFault('BadRequest', `the object provided is nested deeper than ${DEEPEST}`)
  const inside = Object.values(value)
  let members = Array.isArray(value) ? 0 : inside.length
  for (const one of inside) members += membersIn(one, depth + 1)
  return members
}

type Level = { readonly path: string; readonly keys: Set<string> | undefined; index: number }

// Strings, and what opens, closes and separates: the rest of well-formed JSON does not matter here.
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/g

/** The paths of members that are said twice, in JSON that is known to be well formed. */
function duplicatesIn(text: string): string[] {
  const found: string[] = []
  const levels: Level[] = []
  let key: string | undefined
  let expectKey = false
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1)
    if (token === '{' || token === '[') {
      levels.push({ path: inner(level, key), keys: token === '{' ? new Set() : undefined, index: 0 })
      expectKey = token === '{'
    } else if (token === '}' || token === ']') {
      levels.pop()
      expectKey = false
    } else if (token === ',') {
      expectKey = level?.keys !== undefined
      if (level && !level.keys) level.index++
    } else if (expectKey && level?.keys) {
      key = String(JSON.parse(token))
      if (level.keys.has(key)) found.push(inner(level, key))
      level.keys.add(key)
      expectKey = false
    }
  }
  return found
}

function inner(level: Level | undefined, key: string | undefined): string {
  if (!level) return ''
  if (!level.keys) return `${level.path}[${level.index}]`
  return level.path ? `${level.path}.${key}` : String(key)
}
