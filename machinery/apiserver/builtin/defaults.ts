import { isObject } from '../registry/served.ts'
import { customOf } from './custom.ts'
import { isScalarType, type Message, messageOf } from './message.ts'
import { PRESETS } from './presets.ts'

type Members = Readonly<Record<string, unknown>>

const REACHES = new Map<Message, boolean>()

/** The object with what Kubernetes means where nothing is said: the owner first, then what it holds. */
export function withDefaults(message: Message, object: Members): Members {
  if (!reaches(message)) return object
  const filled: Record<string, unknown> = { ...object }
  PRESETS[message.name]?.(filled)
  for (const field of message.fields) {
    if (isPlain(field.type)) continue
    const inner = messageOf(field.type)
    if (field.inline) Object.assign(filled, withDefaults(inner, filled))
    else if (filled[field.name] !== undefined) filled[field.name] = within(inner, filled[field.name], field)
  }
  return filled
}

function within(message: Message, value: unknown, { list, map }: { list?: boolean; map?: boolean }): unknown {
  if (list) return Array.isArray(value) ? value.map(one => within(message, one, {})) : value
  if (!isObject(value)) return value
  if (!map) return withDefaults(message, value)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, within(message, one, {})]))
}

function isPlain(type: string): boolean {
  return isScalarType(type) || customOf(type) !== undefined
}

/** Whether there is anything to fill in, here or below. Messages may hold themselves: what is being asked counts as no. */
function reaches(message: Message): boolean {
  const known = REACHES.get(message)
  if (known !== undefined) return known
  REACHES.set(message, false)
  const found =
    Object.hasOwn(PRESETS, message.name) ||
    message.fields.some(({ type }) => !isPlain(type) && reaches(messageOf(type)))
  REACHES.set(message, found)
  return found
}
