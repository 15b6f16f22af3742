import { isDeepStrictEqual } from 'node:util'
import { ApiFault } from '../../api/fault.ts'
import { set } from './merge.ts'
import { isObject } from './served.ts'

const MOST_OPERATIONS = 10_000
const MOST_COPIED = 3 * 1024 * 1024 // bytes: or a few copies of copies would fill the memory

/** RFC 6902, as the real server reads it (evanphx/json-patch v4). What it is given is not changed. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  const operations = operationsOf(structuredClone(patch))
  if (operations.length > MOST_OPERATIONS) {
    const sentence = `Request entity too large: The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${operations.length}`
    throw new ApiFault('RequestEntityTooLarge', sentence)
  }
  const budget = { left: MOST_COPIED }
  return operations.reduce<unknown>((document, one) => operate(document, one, budget), structuredClone(target))
}

type Members = Readonly<Record<string, unknown>>

const TEXTS = ['op', 'path', 'from'] as const
const KNOWN: readonly string[] = [...TEXTS, 'value']

/** Members of operations that mean nothing, as a strict reader tells of them. */
export function strayMembers(patch: unknown): readonly string[] {
  if (!Array.isArray(patch)) return []
  return patch.flatMap((one: unknown, at) =>
    Object.keys(isObject(one) ? one : {}).flatMap(name => (KNOWN.includes(name) ? [] : [`[${at}].${name}`])),
  )
}

function operationsOf(patch: unknown): readonly Members[] {
  if (patch === null) return []
  if (!Array.isArray(patch)) throw noPatch(undecodable(patch, 'value of type []handlers.jsonPatchOp'))
  return patch.map((one: unknown) => {
    if (one === null) return {}
    if (!isObject(one)) throw noPatch(undecodable(one, 'value of type handlers.jsonPatchOp'))
    for (const name of TEXTS) {
      const text = one[name] ?? ''
      if (typeof text !== 'string') throw noPatch(undecodable(text, `struct field jsonPatchOp.${name} of type string`))
    }
    return one
  })
}

/** Go's sentence for JSON of another type. */
export function undecodable(value: unknown, into: string): string {
  return `json: cannot unmarshal ${jsonType(value)} into Go ${into}`
}

/** It is no patch. */
export function noPatch(why: string): ApiFault {
  return new ApiFault('BadRequest', `error decoding patch: ${why}`)
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

interface Budget {
  left: number
}

function operate(document: unknown, { op, path, from, value = null }: Members, budget: Budget): unknown {
  if (op === 'replace' && path === '') return whole(value)
  if (op === 'test') return tested(document, { path, value })
  switch (op) {
    case 'add':
      add(place(document, path), value)
      break
    case 'remove':
      remove(place(document, path))
      break
    case 'replace':
      replace(place(document, path), value)
      break
    case 'move': {
      const moved = place(document, from)
      const taken = get(moved)
      remove(moved)
      add(place(document, path), taken)
      break
    }
    case 'copy':
      add(place(document, path), copyOf(get(place(document, from)), budget))
      break
    default:
      throw unfit()
  }
  return document
}

function whole(value: unknown): unknown {
  if (isObject(value) || Array.isArray(value)) return value
  throw unfit()
}

function tested(document: unknown, { path, value }: Members): unknown {
  if (isDeepStrictEqual(path === '' ? document : get(place(document, path)), value)) return document
  throw unfit()
}

function copyOf(value: unknown, budget: Budget): unknown {
  const text = JSON.stringify(value)
  budget.left -= text.length
  if (budget.left < 0) throw unfit()
  return JSON.parse(text)
}

/** What does not fit is told to nobody: neither does the real server. */
function unfit(): ApiFault {
  return new ApiFault('Invalid', 'the server rejected our request due to an error in our request', {})
}

/** Where a value stands, or could stand: a name in an object, or an index in a list. */
interface Place {
  readonly holder: Record<string, unknown> | unknown[]
  readonly key: string
}

/** RFC 6901. What stands before the first slash does not matter to the real server. */
function place(document: unknown, path: unknown): Place {
  const parts = typeof path === 'string' ? path.split('/').slice(1).map(unescaped) : []
  const key = parts.pop()
  if (key === undefined) throw unfit()
  let holder = asHolder(document)
  for (const part of parts) holder = asHolder(get({ holder, key: part }))
  return { holder, key }
}

function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

function asHolder(value: unknown): Place['holder'] {
  if (Array.isArray(value)) return value
  if (isObject(value)) return value as Record<string, unknown>
  throw unfit()
}

/** A member that is not there is null; an item that is not there is none. */
function get({ holder, key }: Place): unknown {
  if (Array.isArray(holder)) return holder[indexOf(key, holder.length)]
  return Object.hasOwn(holder, key) ? holder[key] : null
}

function add({ holder, key }: Place, value: unknown): void {
  if (!Array.isArray(holder)) set(holder, key, value)
  else if (key === '-') holder.push(value)
  else holder.splice(indexOf(key, holder.length + 1), 0, value)
}

function replace({ holder, key }: Place, value: unknown): void {
  if (Array.isArray(holder)) holder[indexOf(key, holder.length)] = value
  else set(holder, key, value)
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(indexOf(key, holder.length), 1)
  else if (Object.hasOwn(holder, key)) delete holder[key]
  else throw unfit()
}

/** An index below the given one; the negative ones count from there. */
function indexOf(key: string, below: number): number {
  const given = /^[-+]?\d{1,9}$/.test(key) ? Number(key) : Number.NaN
  const index = given < 0 ? given + below : given
  if (!(index >= 0 && index < below)) throw unfit()
  return index
}
