import { ApiFault, isApiFault } from '../../api/fault.ts'
import type { Host } from '../../host/host.ts'
import { type WebhookCaller, WebhookFault } from '../definitions/webhook.ts'
import type { Admission, AdmissionRequest } from '../registry/admission.ts'
import { shownOne, storedOne } from '../registry/convert.ts'
import { jsonPatch } from '../registry/jsonpatch.ts'
import { newUid } from '../registry/metadata.ts'
import type { Catalog } from '../registry/served.ts'
import { asBody, forbidden, type Served } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import type { Store } from '../store/store.ts'
import { ConditionError, conditionsHold } from './condition.ts'
import type { Hook } from './hook.ts'
import { Hooks } from './hooks.ts'
import { rulesMatch, type Subject, selectorsMatch } from './match.ts'
import { namespaceOf, reviewOf, type Verdict, verdictOf } from './review.ts'

export interface WebhookOptions {
  readonly store: Store
  readonly catalog: Catalog
  readonly host: Host
  readonly caller: WebhookCaller
}

/** Admission webhooks as the store's configurations name them: the mutating in turn, then the validating all at once. */
export function webhookAdmission(options: WebhookOptions): Admission & Disposable {
  const mutating = new Hooks(options.store, 'mutatingwebhookconfigurations.admissionregistration.k8s.io')
  const validating = new Hooks(options.store, 'validatingwebhookconfigurations.admissionregistration.k8s.io')
  return {
    async mutate(request) {
      return isExempt(request) ? request.object : mutateAll(options, mutating.all, request)
    },
    async validate(request) {
      if (isExempt(request)) return
      // A deletion has no object to change: webhooks of both sorts may only refuse it.
      if (request.operation === 'DELETE') await mutateAll(options, mutating.all, request)
      const calls = matching(options, validating.all, request).map(call => ask(options, call, { mutating: false }))
      for (const outcome of await Promise.allSettled(calls)) if (outcome.status === 'rejected') throw outcome.reason
    },
    [Symbol.dispose]() {
      mutating[Symbol.dispose]()
      validating[Symbol.dispose]()
    },
  }
}

/** Webhooks are never asked about webhooks: one that fails could not be mended any more. */
function isExempt({ served }: AdmissionRequest): boolean {
  return served.kind.group === 'admissionregistration.k8s.io'
}

/** A webhook that wants to see a write, and in which version of its kind. */
interface Call {
  readonly hook: Hook
  readonly served: Served
  readonly request: AdmissionRequest
}

function matching(options: WebhookOptions, hooks: readonly Hook[], request: AdmissionRequest): readonly Call[] {
  return hooks.flatMap(hook => callOf(options, hook, request) ?? [])
}

function callOf(options: WebhookOptions, hook: Hook, request: AdmissionRequest): Call | undefined {
  const subject = subjectOf(options, request)
  if (!selectorsMatch(hook, subject)) return undefined
  const served = rulesMatch(hook, subject) ? request.served : equivalent(options, hook, { request, subject })
  return served && isMeant(hook, request) ? { hook, served, request } : undefined
}

type Wanting = { readonly request: AdmissionRequest; readonly subject: Subject }

/** Another version of the same kind that the webhook's rules name. */
function equivalent({ catalog }: WebhookOptions, hook: Hook, { request, subject }: Wanting): Served | undefined {
  if (hook.matchPolicy === 'Exact') return undefined
  const others = catalog.versions(request.served.collection).filter(one => one !== request.served && !one.hidden)
  return others.find(({ kind: { group, version, plural } }) =>
    rulesMatch(hook, { ...subject, group, version, resource: plural }),
  )
}

function subjectOf({ store }: WebhookOptions, request: AdmissionRequest): Subject {
  const { served, object, old, operation, subresource } = request
  const { group, version, plural } = served.kind
  const namespace = namespaceOf(request)
  const isNamespace = served.collection === 'namespaces'
  const own = isNamespace && operation !== 'DELETE' && !subresource ? object : undefined
  const kept = namespace === undefined ? undefined : store.get({ collection: 'namespaces', key: namespace })
  const labelled = own ?? kept
  return {
    operation,
    group,
    version,
    resource: plural,
    subresource,
    namespace,
    namespaceLabels: namespace === undefined ? undefined : (labelled?.metadata.labels ?? {}),
    labels: object && (object.metadata.labels ?? {}),
    oldLabels: old && (old.metadata.labels ?? {}),
  }
}

function isMeant(hook: Hook, request: AdmissionRequest): boolean {
  if (hook.matchConditions.length === 0) return true
  const { object = null, old: oldObject = null, operation, key, options, served } = request
  const { group, version, kind, plural } = served.kind
  const about = {
    operation,
    name: key.name,
    namespace: namespaceOf(request) ?? '',
    kind: { group, version, kind },
    resource: { group, version, resource: plural },
    subResource: request.subresource ?? '',
    dryRun: options.dryRun ?? false,
    userInfo: { username: options.identity.user, groups: options.identity.groups ?? [] },
  }
  try {
    return conditionsHold(hook.matchConditions, { object, oldObject, request: about })
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error
    // Who lets failures pass is not asked: a webhook that cannot tell whether it is meant is not.
    if (hook.failurePolicy === 'Ignore') return false
    throw forbidden(served, key.name, error.message)
  }
}

/** Asks the mutating webhooks one after another; those that want to see what later ones made of the object, once more. */
async function mutateAll(options: WebhookOptions, hooks: readonly Hook[], first: AdmissionRequest): Promise<Body> {
  let request = first
  const asked: { readonly hook: Hook; readonly saw: AdmissionRequest }[] = []
  for (const hook of hooks) {
    const call = callOf(options, hook, request)
    if (!call) continue
    request = await mutated(options, call)
    asked.push({ hook, saw: request })
  }
  for (const { hook, saw } of asked) {
    const call = hook.reinvoked && saw !== request ? callOf(options, hook, request) : undefined
    if (call) request = await mutated(options, call)
  }
  return request.object ?? asBody({})
}

/** The write as the webhook leaves it; the same value when it changes nothing. */
async function mutated(options: WebhookOptions, call: Call): Promise<AdmissionRequest> {
  const { hook, served, request } = call
  const verdict = await ask(options, call, { mutating: true })
  const patch = verdict?.patch
  if (patch === undefined || (Array.isArray(patch) && patch.length === 0)) return request
  if (!request.object) {
    const why = `admission webhook "${hook.name}" attempted to modify the object, which is not supported for this operation`
    throw internal(why)
  }
  const seen = await inVersion(request.served, served, request.object)
  const object = await inVersion(served, request.served, patchedBy(seen, patch))
  return { ...request, object }
}

function patchedBy(object: Body, patch: unknown): Body {
  try {
    return asBody(jsonPatch(object, patch))
  } catch (fault) {
    throw isApiFault(fault) ? internal(fault.message) : fault
  }
}

/** An object of one version of a kind in another one. */
async function inVersion(from: Served, to: Served, object: Body): Promise<Body> {
  return from === to ? object : shownOne(to, await storedOne(from, object))
}

type Manner = { readonly mutating: boolean }

/** Asks one webhook; undefined when it could not be asked and that does not matter. Throws what refuses the write. */
async function ask(options: WebhookOptions, call: Call, { mutating }: Manner): Promise<Verdict | undefined> {
  const { hook, request } = call
  if (request.options.dryRun && hook.sideEffects !== 'None' && hook.sideEffects !== 'NoneOnDryRun') {
    throw new ApiFault('BadRequest', `admission webhook "${hook.name}" does not support dry run`)
  }
  const verdict = await answerOf(options, call, { mutating })
  if (typeof verdict === 'string') {
    const sentence = `failed calling webhook "${hook.name}": ${verdict}`
    if (hook.failurePolicy === 'Fail') throw internal(sentence)
    options.host.log.warn('a webhook could not be asked, which it says does not matter', { reason: sentence })
    return undefined
  }
  for (const warning of verdict.warnings) request.options.warn?.(warning)
  if (verdict.denial) throw verdict.denial
  return verdict
}

async function answerOf(options: WebhookOptions, call: Call, { mutating }: Manner): Promise<Verdict | string> {
  const { hook, served, request } = call
  const version = hook.reviewVersions.find(one => one === 'v1' || one === 'v1beta1')
  if (!version) {
    return 'could not create admission objects: webhook does not accept known AdmissionReview versions (v1, v1beta1)'
  }
  const uid = newUid(options.host)
  const object = request.object && (await inVersion(request.served, served, request.object))
  const old = request.old && (await inVersion(request.served, served, request.old))
  const review = reviewOf({ request, served, object, old, uid, version })
  try {
    const { clientConfig, timeoutSeconds } = hook
    const answer = await options.caller.call({ clientConfig, review, timeoutSeconds })
    const verdict = verdictOf(answer, { uid, version, mutating, name: hook.name })
    return typeof verdict === 'string' ? `received invalid webhook response: ${verdict}` : verdict
  } catch (fault) {
    if (fault instanceof WebhookFault) return `failed to call webhook: ${fault.message}`
    throw fault
  }
}

function internal(why: string): ApiFault {
  return new ApiFault('InternalError', `Internal error occurred: ${why}`, {
    causes: [{ reason: '', message: why, field: '' }],
  })
}
