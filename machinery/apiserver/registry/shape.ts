import type { StatusCause } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { applyDefaults } from '../schema/default.ts'
import { METADATA } from '../schema/metadata.ts'
import { prune } from '../schema/prune.ts'
import { validate } from '../schema/validate.ts'
import { type Body, isBody } from '../store/change.ts'
import { metadataFaults } from './metadata.ts'
import type { WriteOptions } from './options.ts'
import { asBody, invalid, isObject, type Served } from './served.ts'

/** An object as it was given, in the shape of its kind: unknown fields go, defaults come in. */
export function normalize(served: Served, given: Body, options: Pick<WriteOptions, 'unknown'> = {}): Body {
  const { kind, traits } = served
  if (traits.normalize) return traits.normalize(given, options)
  const unknown: string[] = []
  const head = { apiVersion: apiVersion(kind), kind: kind.kind }
  const { metadata, ...fields } = given
  const meta = prune(METADATA, withoutEmpty(metadata), { path: 'metadata', unknown })
  const rest = traits.schema
    ? prune(traits.schema, { ...fields, ...head }, { path: '', unknown })
    : { ...fields, ...head }
  if (unknown.length > 0) options.unknown?.(unknown)
  const whole = asBody({ ...head, metadata: meta, ...(typeof rest === 'object' ? rest : {}) })
  const faults = validate(METADATA, whole.metadata, { path: 'metadata' })
  if (faults.length > 0) throw invalid(served, String(given.metadata.name), faults)
  const filled = traits.schema ? applyDefaults(traits.schema, whole) : whole
  return isBody(filled) ? filled : whole
}

/** An applied object: its fields are known to the schema, and a null below its metadata was meant. Defaults come in. */
export function completed({ traits }: Served, given: Body): Body {
  if (traits.normalize) return traits.normalize(given, {})
  const object = asBody({ ...given, metadata: withoutEmpty(given.metadata) })
  const filled = traits.schema ? applyDefaults(traits.schema, object) : object
  return isBody(filled) ? filled : object
}

/** Refuses, with all reasons at once, what the kind does not allow. */
export function check(served: Served, object: Body, old?: Body): void {
  const { traits } = served
  const faults: StatusCause[] = metadataFaults(object.metadata, traits.names)
  // What was read as Go reads it has the right types; its rules are no schema's.
  if (traits.schema && !traits.normalize) faults.push(...validate(traits.schema, object, { path: '', old }))
  if (traits.faults) faults.push(...traits.faults(object, old))
  if (faults.length > 0) throw invalid(served, object.metadata.name, faults)
}

/** As Go writes ObjectMeta: what is null or empty is not there. An empty list of managers has a meaning of its own. */
function withoutEmpty(metadata: object): object {
  return Object.fromEntries(
    Object.entries(metadata).filter(([name, value]) => !isEmpty(value) || (name === 'managedFields' && value)),
  )
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}
