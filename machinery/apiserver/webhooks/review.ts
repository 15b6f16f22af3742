import { ApiFault, isStatusReason, reasonOf } from '../../api/fault.ts'
import type { AdmissionRequest } from '../registry/admission.ts'
import { isObject, type Served } from '../registry/served.ts'
import type { Body } from '../store/change.ts'

/** A write in the version that a webhook asked for. */
export interface Reviewed {
  readonly request: AdmissionRequest
  readonly served: Served
  readonly object?: Body | undefined
  readonly old?: Body | undefined
  readonly uid: string
  /** The newest version of AdmissionReview that both sides know. */
  readonly version: 'v1' | 'v1beta1'
}

/** The question (admission/v1 `AdmissionReview`). */
export function reviewOf({ request, served, object, old, uid, version }: Reviewed): object {
  const { identity, dryRun = false, manager } = request.options
  const { user, groups = [], extra = {} } = identity
  const name = request.key.name
  const namespace = namespaceOf(request)
  return {
    kind: 'AdmissionReview',
    apiVersion: `admission.k8s.io/${version}`,
    request: {
      uid,
      kind: kindOf(served),
      resource: resourceOf(served),
      ...(request.subresource && { subResource: request.subresource }),
      requestKind: kindOf(request.served),
      requestResource: resourceOf(request.served),
      ...(request.subresource && { requestSubResource: request.subresource }),
      ...(name && { name }),
      ...(namespace && { namespace }),
      operation: request.operation,
      userInfo: { username: user, ...(identity.uid && { uid: identity.uid }), groups, extra },
      object: object ?? null,
      oldObject: old ?? null,
      dryRun,
      options: { kind: OPTIONS[request.operation], apiVersion: 'meta.k8s.io/v1', fieldManager: manager },
    },
  }
}

const OPTIONS = { CREATE: 'CreateOptions', UPDATE: 'UpdateOptions', DELETE: 'DeleteOptions' } as const

/** Requests about a namespace carry its name as their namespace, as kube-apiserver's do. */
export function namespaceOf({ served, key }: AdmissionRequest): string | undefined {
  return served.collection === 'namespaces' ? key.name : key.namespace
}

function kindOf({ kind: { group, version, kind } }: Served): object {
  return { group, version, kind }
}

function resourceOf({ kind: { group, version, plural } }: Served): object {
  return { group, version, resource: plural }
}

/** What a webhook said. */
export interface Verdict {
  readonly warnings: readonly string[]
  /** Why not; absent when the write is allowed. */
  readonly denial?: ApiFault
  /** JSON patch operations. */
  readonly patch?: unknown
}

export interface Expected {
  readonly uid: string
  readonly version: 'v1' | 'v1beta1'
  readonly mutating: boolean
  /** The webhook's name, for the sentence of a denial. */
  readonly name: string
}

/** Reads an answer; a sentence, in kube-apiserver's words, when it is none (apiserver `VerifyAdmissionResponse`). */
export function verdictOf(answer: unknown, expected: Expected): Verdict | string {
  const review = isObject(answer) ? answer : {}
  if (!isObject(review.response)) return 'webhook response was absent'
  const { response } = review
  const wrong = expected.version === 'v1' ? wrongOf(review, response, expected) : undefined
  if (wrong !== undefined) return wrong
  const warnings = Array.isArray(response.warnings) ? response.warnings.map(String) : []
  if (response.allowed !== true) return { warnings, denial: denialOf(expected.name, response.status) }
  if (!expected.mutating || !response.patch) return { warnings }
  const patch = patchOf(response)
  return typeof patch === 'string' ? patch : { warnings, ...patch }
}

type Members = Readonly<Record<string, unknown>>

function wrongOf(review: Members, response: Members, { uid, mutating }: Expected): string | undefined {
  if (response.uid !== uid) {
    return `expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(response.uid ?? '')}`
  }
  if (review.apiVersion !== 'admission.k8s.io/v1' || review.kind !== 'AdmissionReview') {
    const got = `${versionText(String(review.apiVersion ?? ''))}, Kind=${String(review.kind ?? '')}`
    return `expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got ${got}`
  }
  const { patch, patchType } = response
  if (!mutating) {
    if (patch) return 'validating webhook may not return response.patch'
    return patchType === undefined || patchType === null
      ? undefined
      : 'validating webhook may not return response.patchType'
  }
  if (patch && !patchType) return 'webhook returned response.patch but not response.patchType'
  return !patch && patchType ? 'webhook returned response.patchType but not response.patch' : undefined
}

/** As Go prints a group and version. */
function versionText(text: string): string {
  return text.includes('/') ? text : `/${text}`
}

function patchOf({ patch, patchType = 'JSONPatch' }: Members): { readonly patch: unknown } | string {
  if (patchType !== 'JSONPatch') return `unsupported patch type ${JSON.stringify(patchType)}`
  try {
    return { patch: JSON.parse(Buffer.from(String(patch), 'base64').toString()) }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return `response.patch is not a JSON patch: ${error.message}`
  }
}

/** A denial with the webhook's own code and reason, when they are ones a client can read (apiserver `ToStatusErr`). */
function denialOf(name: string, status: unknown): ApiFault {
  const { message, reason, code, details } = isObject(status) ? status : {}
  const by = `admission webhook ${JSON.stringify(name)} denied the request`
  const said = typeof message === 'string' && message ? message : typeof reason === 'string' ? reason : ''
  const number = typeof code === 'number' && code >= 400 ? code : 400
  const known = typeof reason === 'string' && isStatusReason(reason) ? reason : reasonOf(number)
  return new ApiFault(known, said ? `${by}: ${said}` : `${by} without explanation`, isObject(details) ? details : {})
}
