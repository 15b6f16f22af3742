import type { Body } from '../store/change.ts'
import { fieldReader, parseFields } from './fields.ts'
import { parseLabels } from './labels.ts'
import type { Served } from './served.ts'

/** Whether an object is one of those asked for. */
export type Selects = (object: Body) => boolean

export interface Selection {
  readonly namespace?: string | undefined
  readonly labelSelector?: string | undefined
  readonly fieldSelector?: string | undefined
}

/** Reads a request's selectors into one question; undefined when every object of the kind is asked for. */
export function selects(served: Served, { namespace, labelSelector, fieldSelector }: Selection): Selects | undefined {
  const all: Selects[] = []
  if (namespace !== undefined) all.push(object => object.metadata.namespace === namespace)
  if (fieldSelector) all.push(...fieldTests(served, fieldSelector))
  if (labelSelector) {
    const test = parseLabels(labelSelector)
    all.push(object => test(object.metadata.labels ?? {}))
  }
  return all.length === 0 ? undefined : object => all.every(one => one(object))
}

function fieldTests(served: Served, text: string): readonly Selects[] {
  return parseFields(text).map(({ field, equal, value }) => {
    const read = fieldReader(served, field)
    return object => (read(object) === value) === equal
  })
}

/** The one name that objects must have to be selected, when the field selector says so: they need not be searched for. */
export function exactName({ fieldSelector }: Selection): string | undefined {
  if (!fieldSelector) return undefined
  return parseFields(fieldSelector).find(({ field, equal }) => field === 'metadata.name' && equal)?.value
}
