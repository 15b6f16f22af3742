import type { StatusCause } from '../../api/fault.ts'
import { valueAt } from '../registry/field.ts'
import { invalid } from '../schema/cause.ts'
import { numberText } from '../schema/gotext.ts'
import type { Body } from '../store/change.ts'
import type { ScalePaths } from './definition.ts'
import { goType } from './go-type.ts'

const MOST = 2 ** 31 - 1

/** What is wrong with the numbers of replicas of a custom object (apiextensions `ValidateScaleSpec`, `ValidateScaleStatus`). */
export function scaleFaults(object: Body, paths: ScalePaths): readonly StatusCause[] {
  const { specReplicasPath, statusReplicasPath, labelSelectorPath: selector } = paths
  return [
    ...countFaults(object, specReplicasPath),
    ...countFaults(object, statusReplicasPath),
    ...(selector === undefined ? [] : textFaults(object, selector)),
  ]
}

function countFaults(object: Body, path: string): StatusCause[] {
  const value = valueAt(object, path)
  if (value === undefined) return []
  if (!Number.isInteger(value)) return [invalid(path, 0, accessorFault(value, path, 'int64'))]
  const count = Number(value)
  if (count < 0) return [invalid(path, count, 'should be a non-negative integer')]
  return count > MOST ? [invalid(path, count, `should be less than or equal to ${MOST}`)] : []
}

function textFaults(object: Body, path: string): StatusCause[] {
  const value = valueAt(object, path)
  return value === undefined || typeof value === 'string'
    ? []
    : [invalid(path, '', accessorFault(value, path, 'string'))]
}

/** As apimachinery's `unstructured` says that a field is of another type. */
function accessorFault(value: unknown, path: string, wanted: string): string {
  return `${path} accessor error: ${goText(value)} is of the type ${goType(value)}, expected ${wanted}`
}

function goText(value: unknown): string {
  if (value === null) return '<nil>'
  if (typeof value === 'number') return numberText(value)
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`
  if (typeof value !== 'object') return String(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[${members.map(([key, member]) => `${key}:${goText(member)}`).join(' ')}]`
}
