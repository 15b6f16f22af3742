import { isObject } from '../registry/served.ts'
import type { References } from './fill.ts'

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g
const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
const TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g
/** Where Go shows a pointer in place of what it points to. */
const POINTER = /\b0x[0-9a-f]{8,}\b/g
/** An object that stands in a sentence, as JSON. */
const VERSION = /(resourceVersion\\*":\\*"|ResourceVersion in record \()\d+/g
const DAY = 24 * 3_600_000

/**
 * Puts placeholders for what no two runs have in common. Uids and versions of objects are numbered as they appear in a case,
 * so that two answers still show whether they speak of the same.
 */
export class Steady {
  readonly #names: readonly (readonly [string, string])[]
  readonly #uids = new Map<string, string>()
  readonly #versions = new Map<string, string>()
  readonly #now: number

  constructor({ ns, group }: References, now: number) {
    this.#names = [
      [group, '<group>'], // first, since it holds the other
      [ns, '<ns>'],
    ]
    this.#now = now
  }

  of(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value)
    if (Array.isArray(value)) return value.map(item => this.of(item))
    if (!isObject(value)) return value
    if (value.kind === 'Table' && Array.isArray(value.rows)) return this.#object(withoutAges(value))
    return this.#object(value)
  }

  #object(value: Readonly<Record<string, unknown>>): unknown {
    const fields = Object.entries(value).map(([key, item]) => [this.#text(key), this.#field(key, item, value)] as const)
    return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  #field(key: string, item: unknown, among: Readonly<Record<string, unknown>>): unknown {
    // Their order is by the second in which they wrote, which no two runs have in common.
    if (key === 'managedFields' && Array.isArray(item)) return this.of(item.toSorted(byManager))
    if (key === 'causes' && Array.isArray(item) && item.every(isConflict)) return this.of(item.toSorted(byField))
    if (typeof item !== 'string' || item === '') return this.of(item)
    if (key === 'continue') return '<continue>'
    if (key === 'storageVersionHash') return '<hash>' // of the group's name
    if (key === 'resourceVersion' && item !== '0')
      return among.uid ? numbered(this.#versions, item, 'version') : '<version>'
    if (key === 'name' && typeof among.generateName === 'string' && item.startsWith(among.generateName)) {
      return this.#text(`${among.generateName}<random>`)
    }
    return this.#text(item)
  }

  #text(text: string): string {
    const named = this.#names.reduce((all, [name, placeholder]) => all.replaceAll(name, placeholder), text)
    return named
      .replace(UUID, uid => numbered(this.#uids, uid, 'uid'))
      .replace(TIME, time => (Math.abs(Date.parse(time) - this.#now) < DAY ? '<time>' : time))
      .replace(VERSION, '$1<version>')
      .replace(POINTER, '<pointer>')
      .replace(TOKEN, '<token>')
  }
}

function numbered(seen: Map<string, string>, value: string, what: string): string {
  const placeholder = seen.get(value) ?? `<${what} ${seen.size + 1}>`
  seen.set(value, placeholder)
  return placeholder
}

const managerKey = (entry: unknown): string =>
  isObject(entry) ? [entry.operation, entry.manager, entry.subresource, entry.apiVersion].join(' ') : ''

const byManager = (a: unknown, b: unknown): number => (managerKey(a) < managerKey(b) ? -1 : 1)

const isConflict = (cause: unknown): boolean => isObject(cause) && cause.reason === 'FieldManagerConflict'

/** Conflicts of several managers come in the order of a Go map. */
const byField = (a: unknown, b: unknown): number => {
  const [one, two] = [a, b].map(cause => (isObject(cause) ? String(cause.field) : ''))
  return one === two ? 0 : (one ?? '') < (two ?? '') ? -1 : 1
}

type Table = Readonly<Record<string, unknown>>

/** A table with its ages of a few seconds made equal. */
function withoutAges(table: Table): Table {
  const rows = (table.rows as readonly Readonly<{ cells: readonly unknown[] }>[]).map(row => ({
    ...row,
    cells: row.cells.map(cell => (typeof cell === 'string' ? cell.replace(/^\d{1,2}s$/, '<age>') : cell)),
  }))
  return { ...table, rows }
}
