import { ApiFault } from '../../api/fault.ts'
import { goValue } from '../apply/govalue.ts'
import { isObject } from './served.ts'

// Refusals of strategic merge patches, in the words of apimachinery's `mergepatch`.

export function malformed(what: 'retainKeys' | 'primitive list' | 'setElementOrder list'): ApiFault {
  return new ApiFault('BadRequest', `invalid patch format of ${what}`)
}

/** The real server gives no reason for a patch that cannot be merged. */
export function unmergeable(sentence: string): ApiFault {
  return new ApiFault('Unknown', sentence)
}

export function mistyped(expected: 'list' | 'map', value: unknown): ApiFault {
  return unmergeable(`expected a ${TYPES[expected]}, but received a ${typeName(value)}`)
}

export function unknownPatchType(directive: unknown, patch: unknown): ApiFault {
  return unmergeable(`unknown patch type: ${goValue(directive)} in map: ${goValue(patch)}`)
}

export function noMergeKey(item: unknown, key: string): ApiFault {
  return unmergeable(`map: ${goValue(item)} does not contain declared merge key: ${key}`)
}

const TYPES = { list: '[]interface {}', map: 'map[string]interface {}' } as const

function typeName(value: unknown): string {
  if (Array.isArray(value)) return TYPES.list
  if (isObject(value)) return TYPES.map
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return { string: 'string', boolean: 'bool' }[String(typeof value)] ?? '%!s(<nil>)'
}
