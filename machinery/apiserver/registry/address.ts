import { ApiFault } from '../../api/fault.ts'
import type { ObjectKey } from '../../api/object.ts'
import type { Body } from '../store/change.ts'
import type { Served } from './served.ts'

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
