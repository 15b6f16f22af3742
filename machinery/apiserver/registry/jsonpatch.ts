import { isDeepStrictEqual } from 'node:util'
import { ApiFault } from '../../api/fault.ts'
import { set } from './merge.ts'
import { isObject } from './served.ts'

const MOST_OPERATIONS = 10_000
const MOST_COPIED = 3 * 1024 * 1024 // bytes: or a few copies of copies would fill the memory

/** RFC 6902. What it is given is not changed. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new ApiFault('BadRequest', 'a JSON patch is a list of operations')
  if (patch.length > MOST_OPERATIONS) {
    const sentence = `The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${patch.length}`
    throw new ApiFault('RequestEntityTooLarge', sentence)
  }
  const budget = { left: MOST_COPIED }
  return patch.reduce((document, operation) => operate(document, operation, budget), structuredClone(target))
}

interface Budget {
  left: number
}

function operate(document: unknown, operation: unknown, budget: Budget): unknown {
  if (!isObject(operation)) throw new ApiFault('BadRequest', 'an operation of a JSON patch is an object')
  const { op, path, from, value } = operation
  const to = pointer(path)
  switch (op) {
    case 'add':
      return add(document, to, value)
    case 'remove':
      return removeAt(document, to)
    case 'replace':
      read(document, to)
      return to.length === 0 ? value : add(removeAt(document, to), to, value)
    case 'move': {
      const moved = read(document, pointer(from))
      return add(removeAt(document, pointer(from)), to, moved)
    }
    case 'copy':
      return add(document, to, copyOf(read(document, pointer(from)), budget))
    case 'test':
      if (isDeepStrictEqual(read(document, to), value)) return document
      throw unfit(`testing path ${path} failed`)
    default:
      throw unfit(`unexpected kind of operation: ${JSON.stringify(op)}`)
  }
}

function copyOf(value: unknown, budget: Budget): unknown {
  const text = JSON.stringify(value)
  budget.left -= text.length
  if (budget.left < 0) {
    throw new ApiFault('RequestEntityTooLarge', `the copies of a JSON patch may have ${MOST_COPIED} bytes together`)
  }
  return JSON.parse(text)
}

function unfit(why: string): ApiFault {
  return new ApiFault('Invalid', `the server rejected our request due to an error in our request: ${why}`)
}

/** RFC 6901. */
function pointer(path: unknown): string[] {
  if (typeof path !== 'string' || (path !== '' && !path.startsWith('/'))) {
    throw unfit(`${JSON.stringify(path)} is not a JSON pointer`)
  }
  return path
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function read(document: unknown, path: readonly string[]): unknown {
  let at = document
  for (const part of path) {
    if (Array.isArray(at)) at = at[indexIn(at, part, at.length - 1)]
    else if (isObject(at) && Object.hasOwn(at, part)) at = at[part]
    else throw unfit(`there is nothing at /${path.join('/')}`)
  }
  return at
}

function indexIn(list: readonly unknown[], part: string, most: number): number {
  const index = /^(0|[1-9]\d{0,8})$/.test(part) ? Number(part) : Number.NaN
  if (!(index <= most)) throw unfit(`${part} is no place in a list of ${list.length}`)
  return index
}

function add(document: unknown, path: readonly string[], value: unknown): unknown {
  const last = path.at(-1)
  if (last === undefined) return value
  const parent = read(document, path.slice(0, -1))
  if (Array.isArray(parent))
    parent.splice(last === '-' ? parent.length : indexIn(parent, last, parent.length), 0, value)
  else if (isObject(parent)) set(parent as Record<string, unknown>, last, value)
  else throw unfit(`there is nothing at /${path.slice(0, -1).join('/')}`)
  return document
}

function removeAt(document: unknown, path: readonly string[]): unknown {
  read(document, path)
  const last = path.at(-1)
  if (last === undefined) return null
  const parent = read(document, path.slice(0, -1))
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else if (isObject(parent)) delete (parent as Record<string, unknown>)[last]
  return document
}
