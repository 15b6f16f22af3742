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
  return { value, duplicates: duplicatesIn(text) }
}

type Level = { readonly path: string; readonly keys: Set<string> | undefined; index: number }

// Strings, and what opens, closes and separates: the rest of well-formed JSON does not matter here.
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/g

/** Walks JSON that is known to be well formed, without recursion. */
function duplicatesIn(text: string): string[] {
  const found: string[] = []
  const levels: Level[] = []
  let key: string | undefined
  let expectKey = false
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1)
    if (token === '{' || token === '[') {
      if (levels.length >= DEEPEST)
        throw new ApiFault('BadRequest', `the object provided is nested deeper than ${DEEPEST}`)
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
