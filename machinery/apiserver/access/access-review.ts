import { ApiFault, type StatusCause } from '../../api/fault.ts'
import type { Attributes, Authorizer } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import { isObject } from '../registry/served.ts'
import { text, texts } from './read.ts'
import type { Reviewed } from './reviewed.ts'

// Questions about rights (kubernetes `registry/authorization`): may I, may somebody, may somebody in this namespace.

type Fields = Readonly<Record<string, unknown>>

export type AccessReviewKind = 'SelfSubjectAccessReview' | 'SubjectAccessReview' | 'LocalSubjectAccessReview'

/** A question as it was asked. */
export interface AccessQuestion {
  readonly kind: AccessReviewKind
  readonly body: Fields
  readonly caller: Identity
  /** Of the path, for a question about one namespace. */
  readonly namespace?: string | undefined
}

const GROUP = 'authorization.k8s.io'

/** The question with its answer; ApiFault `Invalid` when it is none. */
export function accessReview(question: AccessQuestion, authorizer: Authorizer): Reviewed {
  const { kind, body, caller, namespace } = question
  const spec = isObject(body.spec) ? body.spec : {}
  const causes = causesOf(question, spec)
  if (causes.length > 0) throw invalidQuestion(causes)
  const who = kind === 'SelfSubjectAccessReview' ? caller : askedAbout(spec)
  const { allowed, reason } = authorizer.authorize(who, attributesOf(spec))
  return {
    kind,
    apiVersion: `${GROUP}/v1`,
    metadata: { ...(namespace !== undefined && { namespace }), creationTimestamp: null },
    spec: shownSpec(kind, spec),
    status: { allowed, ...(reason && { reason }) },
  }
}

function causesOf({ kind, body, namespace }: AccessQuestion, spec: Fields): readonly StatusCause[] {
  const { resourceAttributes: resource, nonResourceAttributes: path } = spec
  const metadata = isObject(body.metadata) ? body.metadata : {}
  const causes: StatusCause[] = []
  const wrong = (field: string, value: string, why: string) =>
    causes.push({ reason: 'FieldValueInvalid', message: `Invalid value: ${value}: ${why}`, field })
  if (isObject(resource) && isObject(path))
    wrong('spec.nonResourceAttributes', goPath(path), 'cannot be specified in combination with resourceAttributes')
  if (!isObject(resource) && !isObject(path))
    wrong(
      'spec.resourceAttributes',
      '"null"',
      'exactly one of nonResourceAttributes or resourceAttributes must be specified',
    )
  if (kind !== 'SelfSubjectAccessReview' && !spec.user && texts(spec.groups).length === 0)
    wrong('spec.user', '""', 'at least one of user or group must be specified')
  if (text(metadata.name) !== '')
    wrong(
      'metadata',
      JSON.stringify(metadata),
      `must be empty${namespace === undefined ? '' : ' except for namespace'}`,
    )
  if (kind !== 'LocalSubjectAccessReview') return causes
  if (isObject(resource) && text(resource.namespace) !== namespace)
    wrong(
      'spec.resourceAttributes.namespace',
      JSON.stringify(text(resource.namespace)),
      'must match metadata.namespace',
    )
  if (isObject(path)) wrong('spec.nonResourceAttributes', goPath(path), 'disallowed on this kind of request')
  return causes
}

function goPath({ path, verb }: Fields): string {
  return `authorization.NonResourceAttributes{Path:${JSON.stringify(text(path))}, Verb:${JSON.stringify(text(verb))}}`
}

/** Upstream forgets the kind of the question here, and its sentence begins with a dot. */
function invalidQuestion(causes: readonly StatusCause[]): ApiFault {
  const said = causes.map(({ field, message }) => `${field}: ${message}`)
  const reasons = said.length === 1 ? said[0] : `[${said.join(', ')}]`
  return new ApiFault('Invalid', `.${GROUP} "" is invalid: ${reasons}`, { group: GROUP, causes })
}

function askedAbout({ user, groups, uid, extra }: Fields): Identity {
  const more = isObject(extra) ? Object.entries(extra).map(([key, values]) => [key, texts(values)] as const) : []
  return { user: text(user), groups: texts(groups), uid: text(uid), extra: Object.fromEntries(more) }
}

const RESOURCE = ['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name'] as const

function attributesOf({ resourceAttributes, nonResourceAttributes }: Fields): Attributes {
  if (!isObject(resourceAttributes)) {
    const { path, verb } = isObject(nonResourceAttributes) ? nonResourceAttributes : {}
    return { verb: text(verb), path: text(path) }
  }
  const { version: _, ...asked } = kept(resourceAttributes, RESOURCE)
  return { ...asked, verb: asked.verb ?? '' }
}

function shownSpec(kind: AccessReviewKind, spec: Fields): object {
  const { resourceAttributes, nonResourceAttributes, groups, extra } = spec
  const what = {
    ...(isObject(resourceAttributes) && { resourceAttributes: kept(resourceAttributes, RESOURCE) }),
    ...(isObject(nonResourceAttributes) && { nonResourceAttributes: kept(nonResourceAttributes, ['path', 'verb']) }),
  }
  if (kind === 'SelfSubjectAccessReview') return what
  const { user, uid } = kept(spec, ['user', 'uid'])
  return {
    ...what,
    ...(user && { user }),
    ...(texts(groups).length > 0 && { groups: texts(groups) }),
    ...(isObject(extra) && { extra }),
    ...(uid && { uid }),
  }
}

/** The texts among some fields that say anything. */
function kept<K extends string>(fields: Fields, names: readonly K[]): Partial<Record<K, string>> {
  const found = names.flatMap(name => (text(fields[name]) === '' ? [] : [[name, text(fields[name])]]))
  return Object.fromEntries(found) as Partial<Record<K, string>>
}
