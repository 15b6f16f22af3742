import { ApiFault } from '../../api/fault.ts'
import { builtinKind } from '../../api/kind.ts'
import type { KubeObject } from '../../api/object.ts'
import type { Body } from '../store/change.ts'
import { valueAt, withValueAt } from './field.ts'
import { asBody, builtin, isObject, type Scaling, type Served } from './served.ts'

/** Scales are read and written, but never kept: each is a view of another object. */
export const SCALE: Served = builtin(
  builtinKind({
    group: 'autoscaling',
    version: 'v1',
    kind: 'Scale',
    plural: 'scales',
    columns: [
      { name: 'Desired', type: 'integer', jsonPath: '.spec.replicas', description: 'Number of desired replicas' },
      { name: 'Available', type: 'integer', jsonPath: '.status.replicas', description: 'Number of actual replicas' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ],
  }),
)

/** autoscaling/v1 */
export interface Scale extends KubeObject {
  readonly spec: { readonly replicas?: number }
  readonly status: { readonly replicas: number; readonly selector?: string }
}

/** How many there are and shall be of an object; without a word of how many when it says none. */
export function scaleOf(object: Body, scaling: Scaling): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const wanted = wholeAt(object, scaling.specReplicasPath)
  const selector = scaling.selector?.(object) ?? ''
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(creationTimestamp !== undefined && { creationTimestamp }),
    },
    spec: wanted === undefined ? {} : { replicas: wanted },
    status: { replicas: wholeAt(object, scaling.statusReplicasPath) ?? 0, ...(selector !== '' && { selector }) },
  }
}

/** As Go writes it: no member where there are none. */
export function shownScale(scale: Scale): Scale {
  return scale.spec.replicas === 0 ? { ...scale, spec: {} } : scale
}

/** The object with as many replicas as the scale, as it came from outside, says. */
export function scaled(object: Body, scaling: Scaling, given: unknown): Body {
  const scale = asBody(given)
  const spec = isObject(scale.spec) ? scale.spec : {}
  const replicas = spec.replicas ?? zeroOrNothing(object, scaling)
  if (!isInt32(replicas)) throw noNumber(replicas)
  const { uid, resourceVersion } = scale.metadata
  const next = asBody(withValueAt(object, scaling.specReplicasPath, replicas))
  const metadata = { ...object.metadata, ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) }
  return { ...next, metadata }
}

/** A number that is taken away leaves zero, but where there never was one nothing is meant. */
function zeroOrNothing(object: Body, { specReplicasPath: path }: Scaling): number {
  if (wholeAt(object, path) !== undefined) return 0
  throw new ApiFault('BadRequest', `the spec replicas field ${JSON.stringify(path)} cannot be empty`)
}

function noNumber(value: unknown): ApiFault {
  const type = typeof value === 'number' ? `number ${value}` : Array.isArray(value) ? 'array' : typeof value
  const why = `json: cannot unmarshal ${type} into Go struct field ScaleSpec.spec.replicas of type int32`
  return new ApiFault('BadRequest', `Scale in version "v1" cannot be handled as a Scale: ${why}`)
}

function wholeAt(object: Body, path: string): number | undefined {
  const value = valueAt(object, path)
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

const INT32 = 2 ** 31

function isInt32(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= -INT32 && Number(value) < INT32
}
