import type { Kind } from '../../api/kind.ts'
import type { KubeObject, ObjectKey } from '../../api/object.ts'
import type { Body } from '../store/change.ts'
import type { WriteOptions } from './options.ts'
import { invalid, type Served } from './served.ts'

/** A write as those see it who may change or refuse it. */
export interface AdmissionRequest {
  readonly served: Served
  readonly key: ObjectKey
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE'
  readonly subresource?: string
  /** After defaults; absent when it is deleted. */
  readonly object?: Body
  /** As it was; absent when it is created. */
  readonly old?: Body
  readonly options: WriteOptions
}

/** Asked on every write; what it throws refuses the write. */
export interface Admission {
  /** Before the object is checked: resolves to the object, changed or not. */
  mutate?(request: AdmissionRequest & { readonly object: Body }): Promise<Body>
  /** After the object was checked. */
  validate?(request: AdmissionRequest): Promise<void>
}

/** The object as all that may change it have left it. */
export async function mutated(
  all: readonly Admission[],
  request: AdmissionRequest & { readonly object: Body },
): Promise<Body> {
  let { object } = request
  for (const admission of all) object = (await admission.mutate?.({ ...request, object })) ?? object
  return object
}

/** Asks all that may refuse. */
export async function validated(all: readonly Admission[], request: AdmissionRequest): Promise<void> {
  for (const admission of all) await admission.validate?.(request)
}

/** A write as a simple rule sees it. */
export interface RuleRequest {
  readonly kind: Kind
  readonly object: KubeObject
  readonly old?: KubeObject
}

/** A sentence refuses the write as `Invalid`. */
export type AdmissionRule = (request: RuleRequest) => string | undefined

/** A rule of the house as admission. */
export function ruleAdmission(rule: AdmissionRule): Admission {
  return {
    validate: async ({ served, object, old }) => {
      if (!object) return
      const message = rule({ kind: served.kind, object, ...(old && { old }) })
      if (message === undefined) return
      throw invalid(served, object.metadata.name, [{ reason: 'FieldValueInvalid', message, field: '' }])
    },
  }
}
