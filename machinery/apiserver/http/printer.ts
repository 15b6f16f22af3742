import type { PrinterColumn } from '../../api/kind.ts'
import { isObject } from '../registry/served.ts'
import { numberText } from '../schema/gotext.ts'
import type { Body } from '../store/change.ts'
import { age } from './age.ts'
import { readPath } from './jsonpath.ts'

/** A column of a Table, and how its cell is read from an object at a moment (milliseconds). */
export interface Column {
  readonly name: string
  readonly type: string
  readonly format?: string
  readonly description?: string
  /** More than 0: only with `-o wide`. */
  readonly priority?: number
  readonly cell: (object: Body, now: number) => unknown
}

/** A definition's own columns; those from the first on whose path cannot be read are left out, as upstream has it. */
export function printerColumns(columns: readonly PrinterColumn[]): readonly Column[] {
  const made = columns.map(columnOf)
  const unreadable = made.indexOf(undefined)
  return made.slice(0, unreadable < 0 ? made.length : unreadable).filter(column => column !== undefined)
}

function columnOf({ name, type, format, jsonPath, priority = 0, description }: PrinterColumn): Column | undefined {
  const read = readPath(jsonPath)
  if (!read) return undefined
  const said = description || `Custom resource definition column (in JSONPath format): ${jsonPath}`
  const cell = (object: Body, now: number) => {
    const [value] = read(object)
    return value === undefined ? null : cellOf(type, value, now)
  }
  return { name, type, ...(format && { format }), description: said, priority, cell }
}

/** A value as a cell of the type (apiextensions `tableconvertor`); null where it does not fit. */
function cellOf(type: PrinterColumn['type'], value: unknown, now: number): unknown {
  switch (type) {
    case 'string':
      return text(value)
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null
    case 'number':
      return typeof value === 'number' ? value : null
    case 'boolean':
      return typeof value === 'boolean' ? value : null
    case 'date':
      return typeof value === 'string' ? when(value, now) : null
  }
}

function text(value: unknown): string {
  if (value === null) return '<no value>'
  if (typeof value === 'number') return numberText(value)
  return typeof value === 'object' ? goJson(value) : String(value)
}

/** JSON as Go writes it: members by name, and nothing that a browser might take for markup. */
function goJson(value: unknown): string {
  const sorted = JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
  return sorted.replace(/[<>&\u2028\u2029]/g, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

function when(value: string, now: number): string {
  if (value === '') return '<unknown>'
  return RFC3339.test(value) ? age(value, now) : '<invalid>'
}
