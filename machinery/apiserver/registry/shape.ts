import type { StatusCause } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { applyDefaults } from '../schema/default.ts'
import { METADATA } from '../schema/metadata.ts'
import { prune } from '../schema/prune.ts'
import { validate } from '../schema/validate.ts'
import { type Body, isBody } from '../store/change.ts'
import { metadataFaults } from './metadata.ts'
import type { WriteOptions } from './room.ts'
import { asBody, invalid, type Served } from './served.ts'

/**
 * Brings an object as it was given into the shape of its kind: unknown fields go, defaults come in, and whatever the
 * schema refuses is refused with all its reasons at once.
 */
export function shape(served: Served, given: Body, options: WriteOptions = {}): Body {
  const { kind, traits } = served
  const unknown: string[] = []
  const head = { apiVersion: apiVersion(kind), kind: kind.kind }
  const { metadata, ...fields } = given
  const meta = prune(METADATA, withoutNulls(metadata), { path: 'metadata', unknown })
  const rest = traits.schema
    ? prune(traits.schema, { ...fields, ...head }, { path: '', unknown })
    : { ...fields, ...head }
  if (unknown.length > 0) options.unknown?.(unknown)
  const whole = asBody({ ...head, metadata: meta, ...(typeof rest === 'object' ? rest : {}) })
  const metaFaults = validate(METADATA, whole.metadata, 'metadata')
  if (metaFaults.length > 0) throw invalid(served, String(given.metadata.name), metaFaults)
  const shaped = traits.schema ? applyDefaults(traits.schema, whole) : whole
  const faults: StatusCause[] = metadataFaults(whole.metadata, traits.names)
  if (traits.schema) faults.push(...validate(traits.schema, shaped, ''))
  if (faults.length > 0) throw invalid(served, given.metadata.name, faults)
  return isBody(shaped) ? shaped : whole
}

/** Go's decoder reads a null as an absent field. */
function withoutNulls(metadata: object): object {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null && value !== undefined))
}
