import { ApiFault } from '../../api/fault.ts'
import type { ObjectKey } from '../../api/object.ts'
import { quote } from '../schema/gotext.ts'
import type { Body } from '../store/change.ts'
import { invalid, type Served } from './served.ts'

/** The object where the request says it is; refuses one that a patch made into another. */
export function requireAddress(served: Served, object: Body, { name, namespace }: ObjectKey): Body {
  const own = object.metadata.namespace
  if (served.kind.namespaced && own !== undefined && own !== '' && own !== namespace) {
    const sentence = 'the namespace of the provided object does not match the namespace sent on the request'
    throw new ApiFault('BadRequest', sentence)
  }
  if (!object.metadata.name) {
    const sentence = `the name of the object (${name} based on URL) was undeterminable: name must be provided`
    throw new ApiFault('BadRequest', sentence)
  }
  if (object.metadata.name !== name) {
    const sentence = `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`
    throw new ApiFault('BadRequest', sentence)
  }
  return object
}

/** The object as it is who it was; an update may say so, and nothing else. */
export function requireUid(served: Served, object: Body, { metadata: { uid } }: Body): Body {
  const given = object.metadata.uid
  if (!given || given === uid) return object
  const message = `Invalid value: ${quote(String(given))}: field is immutable`
  const cause = { reason: 'FieldValueInvalid', message, field: 'metadata.uid' }
  const fault = invalid(served, object.metadata.name, [cause])
  // The real server checks it twice, and says so once.
  throw new ApiFault('Invalid', fault.message, { ...fault.details, causes: [cause, cause] })
}
