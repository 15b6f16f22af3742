import { ApiFault, type StatusCause } from '../../api/fault.ts'
import type { ObjectKey } from '../../api/object.ts'
import { timestamp } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import { newUid } from '../registry/metadata.ts'
import { isObject } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import type { Store } from '../store/store.ts'
import { serviceAccountName } from './account.ts'
import { OUR_AUDIENCES } from './authenticator.ts'
import { type Claims, ISSUER } from './claims.ts'
import { text, texts } from './read.ts'
import type { Reviewed } from './reviewed.ts'
import type { Tokens } from './tokens.ts'

// Tokens on request (kubernetes `registry/core/serviceaccount/storage/token.go`): `kubectl create token`.

export interface TokenDesk {
  readonly store: Store
  readonly tokens: Tokens
  readonly host: Host
}

type Fields = Readonly<Record<string, unknown>>

const HOUR = 3600 // seconds
const SHORTEST = 600
const LONGEST = 2 ** 32

/** A token for a service account, as the request wants it. */
export async function tokenRequest(desk: TokenDesk, account: Required<ObjectKey>, body: Fields): Promise<Reviewed> {
  const { store, tokens, host } = desk
  const spec = isObject(body.spec) ? body.spec : {}
  checkNames(account, isObject(body.metadata) ? body.metadata : {})
  const owner = found(store, 'serviceaccounts', account)
  const seconds = secondsOf(spec.expirationSeconds)
  const wanted = texts(spec.audiences)
  const audiences = wanted.length > 0 ? wanted : OUR_AUDIENCES
  const boundTo = isObject(spec.boundObjectRef) ? spec.boundObjectRef : undefined
  const now = Math.floor(host.clock.now() / 1000)
  const claims: Claims = {
    issuer: ISSUER,
    subject: serviceAccountName(account.namespace, account.name),
    audiences,
    id: newUid(host),
    issuedAt: now,
    notBefore: now,
    expiry: now + seconds,
    account: { ...account, uid: owner.metadata.uid ?? '' },
    ...(boundTo && bindingOf(store, account, boundTo)),
  }
  return {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name: account.name, namespace: account.namespace, creationTimestamp: timestamp(host.clock) },
    spec: { audiences, expirationSeconds: seconds, boundObjectRef: boundTo ?? null },
    status: { token: await tokens.sign(claims), expirationTimestamp: rfc3339(now + seconds) },
  }
}

function rfc3339(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

function checkNames({ name, namespace }: Required<ObjectKey>, given: Fields): void {
  if (text(given.namespace) !== '' && given.namespace !== namespace) {
    const sentence = 'the namespace of the provided object does not match the namespace sent on the request'
    throw new ApiFault('BadRequest', sentence)
  }
  if (text(given.name) === '' || given.name === name) return
  const why = 'must match the service account name if specified'
  throw invalidRequest(name, { field: 'metadata.name', value: given.name, why })
}

function secondsOf(given: unknown): number {
  const seconds = typeof given === 'number' ? Math.trunc(given) : HOUR
  const wrong = (why: string) => invalidRequest('', { field: 'spec.expirationSeconds', value: given, why })
  if (seconds < SHORTEST) throw wrong('may not specify a duration less than 10 minutes')
  if (seconds > LONGEST) throw wrong('may not specify a duration larger than 2^32 seconds')
  return seconds
}

type Wrong = { readonly field: string; readonly value: unknown; readonly why: string }

function invalidRequest(name: string, { field, value, why }: Wrong): ApiFault {
  const message = `Invalid value: ${JSON.stringify(value)}: ${why}`
  const causes: readonly StatusCause[] = [{ reason: 'FieldValueInvalid', message, field }]
  const sentence = `TokenRequest.authentication.k8s.io ${JSON.stringify(name)} is invalid: ${field}: ${message}`
  const details = { ...(name && { name }), group: 'authentication.k8s.io', kind: 'TokenRequest', causes }
  return new ApiFault('Invalid', sentence, details)
}

function found(store: Store, collection: string, { name, namespace }: ObjectKey): Body {
  const object = store.get({ collection, key: namespace === undefined ? name : `${namespace}/${name}` })
  if (object) return object
  throw new ApiFault('NotFound', `${collection} "${name}" not found`, { name, kind: collection })
}

/** What the token ends with: a pod, a secret, or a node. */
function bindingOf(store: Store, { name, namespace }: Required<ObjectKey>, ref: Fields): Partial<Claims> {
  const kind = text(ref.kind)
  const own = text(ref.name)
  if (text(ref.apiVersion) !== 'v1' || !['Pod', 'Secret', 'Node'].includes(kind)) {
    const version = text(ref.apiVersion).includes('/') ? text(ref.apiVersion) : `/${text(ref.apiVersion)}`
    throw new ApiFault('BadRequest', `cannot bind token to object of type ${version}, Kind=${kind}`)
  }
  const key = kind === 'Node' ? { name: own } : { namespace, name: own }
  const object = found(store, `${kind.toLowerCase()}s`, key)
  const { uid = '' } = object.metadata
  const pod = kind === 'Pod' ? podSpec(object) : undefined
  if (pod && pod.serviceAccountName !== name) {
    const why = 'to pod running with different serviceaccount name.'
    throw new ApiFault('BadRequest', `cannot bind token for serviceaccount "${name}" ${why}`)
  }
  if (text(ref.uid) !== '' && ref.uid !== uid) throw otherObject(kind, own, text(ref.uid))
  return { [kind.toLowerCase()]: { name: own, uid }, ...(pod?.nodeName && { node: nodeOf(store, pod.nodeName) }) }
}

function podSpec({ spec }: Body): { readonly serviceAccountName: string; readonly nodeName: string } {
  const { serviceAccountName, nodeName } = isObject(spec) ? spec : {}
  return { serviceAccountName: text(serviceAccountName), nodeName: text(nodeName) }
}

/** The node a pod runs on, by name alone when it is not there. */
function nodeOf(store: Store, name: string): { name: string; uid?: string } {
  const uid = store.get({ collection: 'nodes', key: name })?.metadata.uid
  return { name, ...(uid !== undefined && { uid }) }
}

function otherObject(kind: string, name: string, uid: string): ApiFault {
  const why =
    `the UID in the bound object reference (${uid}) does not match the UID in record. ` +
    'The object might have been deleted and then recreated'
  return new ApiFault('Conflict', `Operation cannot be fulfilled on ${kind} "${name}": ${why}`, { name, kind })
}
