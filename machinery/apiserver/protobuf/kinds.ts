import { ApiFault } from '../../api/fault.ts'
import { decodeMessage, type Field, type Message, malformed, type Type } from './decode.ts'

// Field numbers of Kubernetes' own types (k8s.io/api and k8s.io/apimachinery, `generated.proto`), for the kinds that
// kubectl sends so.

const one = (name: string, type: Type = 'string'): Field => ({ name, type })
const many = (name: string, type: Type = 'string'): Field => ({ name, type, list: true })
const nested = (message: Message): Type => ({ message })
const map = (type: Type): Type => ({ map: type })

const OWNER: Message = {
  1: one('kind'),
  3: one('name'),
  4: one('uid'),
  5: one('apiVersion'),
  6: one('controller', 'bool'),
  7: one('blockOwnerDeletion', 'bool'),
}

const META: Message = {
  1: one('name'),
  2: one('generateName'),
  3: one('namespace'),
  5: one('uid'),
  6: one('resourceVersion'),
  7: one('generation', 'int'),
  8: one('creationTimestamp', 'time'),
  9: one('deletionTimestamp', 'time'),
  10: one('deletionGracePeriodSeconds', 'int'),
  11: one('labels', map('string')),
  12: one('annotations', map('string')),
  13: many('ownerReferences', nested(OWNER)),
  14: many('finalizers'),
}

const REFERENCE: Message = {
  1: one('kind'),
  2: one('namespace'),
  3: one('name'),
  4: one('uid'),
  5: one('apiVersion'),
  6: one('resourceVersion'),
  7: one('fieldPath'),
}

const withMeta = (fields: Message): Message => ({ 1: one('metadata', nested(META)), ...fields })
const withSpec = (fields: Message): Message => withMeta({ 2: one('spec', nested(fields)) })

const ACCESS: Message = {
  1: one('namespace'),
  2: one('verb'),
  3: one('group'),
  4: one('version'),
  5: one('resource'),
  6: one('subresource'),
  7: one('name'),
}

const KINDS: Readonly<Record<string, Message>> = {
  'v1 Namespace': withSpec({ 1: many('finalizers') }),
  'v1 Secret': withMeta({
    2: one('data', map('bytes')),
    3: one('type'),
    4: one('stringData', map('string')),
    5: one('immutable', 'bool'),
  }),
  'v1 ConfigMap': withMeta({
    2: one('data', map('string')),
    3: one('binaryData', map('bytes')),
    4: one('immutable', 'bool'),
  }),
  'v1 ServiceAccount': withMeta({
    2: many('secrets', nested(REFERENCE)),
    3: many('imagePullSecrets', nested({ 1: one('name') })),
    4: one('automountServiceAccountToken', 'bool'),
  }),
  'v1 DeleteOptions': {
    1: one('gracePeriodSeconds', 'int'),
    2: one('preconditions', nested({ 1: one('uid'), 2: one('resourceVersion') })),
    3: one('orphanDependents', 'bool'),
    4: one('propagationPolicy'),
    5: many('dryRun'),
  },
  'authorization.k8s.io/v1 SelfSubjectAccessReview': withSpec({
    1: one('resourceAttributes', nested(ACCESS)),
    2: one('nonResourceAttributes', nested({ 1: one('path'), 2: one('verb') })),
  }),
  'authorization.k8s.io/v1 SelfSubjectRulesReview': withSpec({ 1: one('namespace') }),
  'authentication.k8s.io/v1 SelfSubjectReview': withMeta({}),
}

const MAGIC = Buffer.from('k8s\0')
const ENVELOPE: Message = {
  1: one('typeMeta', nested({ 1: one('apiVersion'), 2: one('kind') })),
  2: one('raw', 'bytes'),
}

/** An object in Kubernetes' protobuf envelope (apimachinery `runtime.Unknown`), as it would be in JSON. */
export function readProtobuf(bytes: Uint8Array): Record<string, unknown> {
  if (!MAGIC.equals(bytes.subarray(0, 4))) throw malformed('it does not begin with "k8s"')
  const { typeMeta, raw } = decodeMessage(ENVELOPE, bytes.subarray(4))
  const { apiVersion = '', kind = '' } = (typeMeta ?? {}) as { apiVersion?: string; kind?: string }
  const name = `${kind === 'DeleteOptions' ? 'v1' : apiVersion} ${kind}`
  const message = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
  if (!message) {
    throw new ApiFault('UnsupportedMediaType', `${apiVersion} ${kind} is not read in protobuf; send application/json`)
  }
  return { apiVersion, kind, ...decodeMessage(message, Buffer.from(String(raw ?? ''), 'base64')) }
}
