import { set } from '../registry/merge.ts'
import { customOf } from './custom.ts'
import { type Field, type Message, messageOf } from './message.ts'

type Members = Readonly<Record<string, unknown>>

/** The JSON that Go writes of a struct with these fields: in its order, with its zeros, without what is `omitempty`. */
export function shown(message: Message, given: Members): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  showInto(object, message, given)
  return object
}

function showInto(object: Record<string, unknown>, message: Message, given: Members): void {
  for (const field of message.fields) {
    if (field.inline) showInto(object, messageOf(field.type), given)
    else {
      const value = shownField(field, Object.hasOwn(given, field.name) ? given[field.name] : undefined)
      if (value !== undefined) set(object, field.name, value)
    }
  }
}

const EMPTY: readonly unknown[] = ['', 0, false]

function shownField(field: Field, value: unknown): unknown {
  const { list, map, omitEmpty, pointer } = field
  if (list || map) return isEmptyCollection(value) && omitEmpty ? undefined : (value ?? null)
  if (pointer) return value ?? (omitEmpty ? undefined : null)
  if (omitEmpty && EMPTY.includes(value)) return isScalar(field) ? undefined : value
  return value ?? zeroOf(field)
}

function isEmptyCollection(value: unknown): boolean {
  if (value === undefined || value === null) return true
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
}

const ZEROS: Readonly<Record<string, unknown>> = { string: '', bool: false, int32: 0, int64: 0, double: 0, bytes: null }

function isScalar({ type }: Field): boolean {
  return Object.hasOwn(ZEROS, type)
}

function zeroOf(field: Field): unknown {
  if (isScalar(field)) return field.omitEmpty ? undefined : ZEROS[field.type]
  const custom = customOf(field.type)
  return custom ? custom.zero : shown(messageOf(field.type), {})
}
