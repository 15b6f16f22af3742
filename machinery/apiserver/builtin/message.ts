import type { FieldFacts } from './facts.ts'
import { MESSAGES } from './generated/messages.ts'

/** A field with its place in the message. */
export interface Field extends FieldFacts {
  readonly name: string
}

/** A message of Kubernetes' own, arranged for those who read and write it. */
export interface Message {
  /** As in OpenAPI: `io.k8s.api.core.v1.Secret`. */
  readonly name: string
  /** `Secret` */
  readonly struct: string
  readonly atomic: boolean
  readonly unions: readonly object[]
  /** In Go's order, which is the order of the members in JSON. */
  readonly fields: readonly Field[]
  /** By their numbers in protobuf. */
  readonly numbered: ReadonlyMap<number, Field>
  /** Those that are sent in protobuf, the highest number first. */
  readonly backwards: readonly (Field & { readonly number: number })[]
  /** By their names in JSON, those of messages inside included. */
  readonly named: ReadonlyMap<string, Field>
}

const KNOWN = new Map<string, Message>()

/** The message of that OpenAPI name, which must be in the table. */
export function messageOf(name: string): Message {
  const known = KNOWN.get(name)
  if (known) return known
  const facts = MESSAGES[name]
  if (!facts) throw new RangeError(`no message ${name}`)
  const fields = Object.entries(facts.fields).map(([key, field]) => ({ name: key, ...field }))
  const sent = fields.flatMap(field => (field.number === undefined ? [] : [{ ...field, number: field.number }]))
  const made: Message = {
    name,
    struct: facts.go.slice(facts.go.indexOf('.') + 1),
    atomic: facts.atomic ?? false,
    unions: facts.unions ?? [],
    fields,
    numbered: new Map(sent.map(field => [field.number, field])),
    backwards: sent.toSorted((a, b) => b.number - a.number),
    named: new Map(fields.flatMap(inJson).map(field => [field.name, field])),
  }
  KNOWN.set(name, made)
  return made
}

function inJson(field: Field): readonly Field[] {
  return field.inline ? [...messageOf(field.type).named.values()] : [field]
}

/** Whether there is such a message. */
export function isMessage(name: string): boolean {
  return Object.hasOwn(MESSAGES, name)
}

const SCALARS: readonly string[] = ['string', 'bool', 'int32', 'int64', 'double', 'bytes']

/** Whether a field of that type holds no message. */
export function isScalarType(type: string): boolean {
  return SCALARS.includes(type)
}
