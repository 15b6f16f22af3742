import { METADATA } from '../../schema/metadata.ts'

// What `kubectl explain` says of the fields that bellhop's users meet. The others have none.

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'
const SECRET = 'io.k8s.api.core.v1.Secret'
const CONFIG_MAP = 'io.k8s.api.core.v1.ConfigMap'
const LEASE = 'io.k8s.api.coordination.v1.LeaseSpec'
const EVENT = 'io.k8s.api.core.v1.Event'

/** Of every object. */
export const HEAD: Readonly<Record<string, string>> = {
  apiVersion: 'The group and version of the schema that this object follows.',
  kind: 'What this object is.',
  metadata: 'What every object has: its name, labels, owners and more.',
}

const FIELDS: Readonly<Record<string, string>> = {
  [`${SECRET} data`]: 'What is kept secret, by key, in base64.',
  [`${SECRET} immutable`]: 'Whether the data may never change again.',
  [`${SECRET} stringData`]: 'A way to write data as plain text. It is never shown.',
  [`${SECRET} type`]: 'What the secret is for, and so which keys it must have; Opaque unless told.',
  [`${CONFIG_MAP} data`]: 'Text, by key.',
  [`${CONFIG_MAP} binaryData`]: 'Bytes, by key, in base64.',
  [`${CONFIG_MAP} immutable`]: 'Whether the data may never change again.',
  [`${LEASE} holderIdentity`]: 'Who holds the lease.',
  [`${LEASE} leaseDurationSeconds`]: 'How long others wait after the last renewal before they take it.',
  [`${LEASE} acquireTime`]: 'When the holder took it.',
  [`${LEASE} renewTime`]: 'When the holder last said that it is there.',
  [`${LEASE} leaseTransitions`]: 'How often the holder has changed.',
  [`${EVENT} involvedObject`]: 'What the event is about.',
  [`${EVENT} reason`]: 'Why, in one word that programs can compare.',
  [`${EVENT} message`]: 'What happened, for a person.',
  [`${EVENT} source`]: 'Which part of the system saw it.',
  [`${EVENT} firstTimestamp`]: 'When it was first seen.',
  [`${EVENT} lastTimestamp`]: 'When it was last seen.',
  [`${EVENT} count`]: 'How often it was seen.',
  [`${EVENT} type`]: 'Normal or Warning.',
}

const KINDS: Readonly<Record<string, string>> = {
  [SECRET]: 'A few bytes that not everybody may read: keys, tokens, passwords.',
  [CONFIG_MAP]: 'Settings for programs to read.',
  [EVENT]: 'Something that happened to an object, kept for an hour.',
  'io.k8s.api.coordination.v1.Lease': 'A claim that must be renewed: it says who of several is the leader.',
}

/** What a message is; undefined where nothing is said. */
export function describeKind(name: string): string | undefined {
  return KINDS[name]
}

export function describeField(message: string, field: string): string | undefined {
  if (message === OBJECT_META) return METADATA.properties?.[field]?.description
  return FIELDS[`${message} ${field}`]
}
