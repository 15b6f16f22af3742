import type { StatusCause } from '../../api/fault.ts'
import { invalid, required } from '../schema/cause.ts'
import { type Fields, fieldsOf, textOf } from './reading.ts'

/** What is wrong with the paths of a scale subresource (apiextensions `ValidateCustomResourceDefinitionSubresources`). */
export function subresourceFaults(subresources: Fields | undefined, path: string): StatusCause[] {
  const scale = fieldsOf(subresources?.scale)
  if (!scale) return []
  const selector = textOf(scale.labelSelectorPath)
  return [
    ...replicas(textOf(scale.specReplicasPath), { path: `${path}.scale.specReplicasPath`, under: '.spec' }),
    ...replicas(textOf(scale.statusReplicasPath), { path: `${path}.scale.statusReplicasPath`, under: '.status' }),
    ...(selector === '' ? [] : selectorFaults(selector, `${path}.scale.labelSelectorPath`)),
  ]
}

function replicas(text: string, { path, under }: { path: string; under: string }): StatusCause[] {
  if (text === '') return [required(path)]
  const faults = simplePathFaults(text, path)
  if (faults.length > 0 || text.startsWith(`${under}.`)) return faults
  return [invalid(path, text, `should be a json path under ${under}`)]
}

function selectorFaults(text: string, path: string): StatusCause[] {
  const faults = simplePathFaults(text, path)
  if (faults.length > 0 || text.startsWith('.spec.') || text.startsWith('.status.')) return faults
  return [invalid(path, text, 'should be a json path under either .spec or .status')]
}

/** The little that kube-apiserver asks of a path. */
export function simplePathFaults(text: string, path: string): StatusCause[] {
  return text.startsWith('.') ? [] : [invalid(path, text, 'must be a simple json path starting with .')]
}
