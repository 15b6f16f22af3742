import { isMap, isPair, isScalar, LineCounter, parseAllDocuments, type YAMLError } from 'yaml'
import { ApiFault } from '../../api/fault.ts'
import { isObject } from '../registry/served.ts'
import { readJson } from './json.ts'

type Members = Readonly<Record<string, unknown>>

/** A configuration as it was sent, and sentences about keys that stand twice in a map. */
export interface Configuration {
  readonly value: Members
  readonly duplicates: readonly string[]
}

const MOST_ALIASES = 100 // or a short text could stand for a huge object

/** Reads a configuration, which is JSON or YAML 1.1; the last of equal keys counts. */
export function readConfiguration(text: string): Configuration {
  if (text.startsWith('{')) {
    const json = parsedJson(text)
    if (json) return json
  }
  return readYaml(text)
}

/** Most clients send JSON: it is read as such where nothing stands twice in it. */
function parsedJson(text: string): Configuration | undefined {
  try {
    const { value, duplicates } = readJson(text)
    return duplicates.length === 0 && isObject(value) ? { value, duplicates } : undefined
  } catch (fault) {
    if (fault instanceof ApiFault) return undefined
    throw fault
  }
}

function readYaml(text: string): Configuration {
  const lines = new LineCounter()
  const [document] = parseAllDocuments(text, {
    version: '1.1',
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    customTags: tags => tags.filter(tag => typeof tag === 'string' || !tag.tag.endsWith(':timestamp')),
  })
  if (!document || !('errors' in document)) return { value: {}, duplicates: [] }
  const [error] = document.errors
  if (error) throw undecodable(`error converting YAML to JSON: yaml: ${located(error, lines)}`)
  const value: unknown = json(() => document.toJS({ maxAliasCount: MOST_ALIASES }))
  if (value === null || value === undefined) return { value: {}, duplicates: [] }
  if (!isObject(value)) {
    const why = `cannot unmarshal ${typeOf(value)} into Go value of type map[string]interface {}`
    throw undecodable(`error unmarshaling JSON: while decoding JSON: json: ${why}`)
  }
  return { value, duplicates: duplicatesIn(document.contents, lines) }
}

function json(read: () => unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(read() ?? null))
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    throw undecodable(`error converting YAML to JSON: yaml: ${error.message}`)
  }
}

function located(error: YAMLError, lines: LineCounter): string {
  const { line } = lines.linePos(error.pos[0])
  return `line ${line}: ${error.message}`
}

function undecodable(why: string): ApiFault {
  return new ApiFault('BadRequest', `error decoding YAML: ${why}`)
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function duplicatesIn(contents: unknown, lines: LineCounter): readonly string[] {
  if (isPair(contents)) return duplicatesIn(contents.value, lines)
  if (typeof contents !== 'object' || contents === null || !('items' in contents)) return []
  const items: readonly unknown[] = Array.isArray(contents.items) ? contents.items : []
  const below = items.flatMap(item => duplicatesIn(item, lines))
  return isMap(contents) ? [...repeated(items, lines), ...below] : below
}

function repeated(pairs: readonly unknown[], lines: LineCounter): readonly string[] {
  const seen = new Set<unknown>()
  return pairs.flatMap(pair => {
    if (!isPair(pair) || !isScalar(pair.key)) return []
    const { value, range } = pair.key
    const again = seen.has(value)
    seen.add(value)
    if (!again) return []
    return [`line ${lines.linePos(range?.[0] ?? 0).line}: key ${JSON.stringify(value)} already set in map`]
  })
}
