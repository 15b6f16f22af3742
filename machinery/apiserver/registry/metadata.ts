import type { StatusCause } from '../../api/fault.ts'
import type { ObjectMeta } from '../../api/object.ts'
import type { Host } from '../../host/host.ts'
import { ownerFaults } from './owners.ts'

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const DNS1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

const SUBDOMAIN_SENTENCE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const LABEL_SENTENCE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with " +
  "an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const DNS1035_SENTENCE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and " +
  "end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is " +
  "'[a-z]([-a-z0-9]*[a-z0-9])?')"
const QUALIFIED_SENTENCE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
  "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const VALUE_SENTENCE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
/** Finalizers of the garbage collector's own. */
export const GARBAGE: readonly string[] = ['foregroundDeletion', 'orphan']
const ANNOTATIONS_BYTES = 256 * 1024

/** What names of a kind may be: DNS names, or whatever can be one segment of a path. */
export type Names = 'subdomain' | 'label' | 'dns1035' | 'segment'

/** What is wrong with an object's metadata, in Kubernetes' words (apimachinery `ValidateObjectMeta`). */
export function metadataFaults(meta: ObjectMeta, names: Names = 'subdomain'): StatusCause[] {
  const faults: StatusCause[] = []
  const wrong = (field: string, value: unknown, why: string) =>
    faults.push({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
      field: `metadata.${field}`,
    })
  const why = nameFault(meta.name, names)
  if (why) wrong('name', meta.name, why)
  for (const [key, value] of Object.entries(meta.labels ?? {})) {
    const fault = qualifiedFault(key)
    if (fault) wrong('labels', key, fault)
    const unfit = labelValueFault(value)
    if (unfit) wrong('labels', value, unfit)
  }
  let bytes = 0
  for (const [key, value] of Object.entries(meta.annotations ?? {})) {
    bytes += key.length + value.length
    const fault = qualifiedFault(key.toLowerCase())
    if (fault) wrong('annotations', key, fault)
  }
  if (bytes > ANNOTATIONS_BYTES) {
    const message = `Too long: may not be more than ${ANNOTATIONS_BYTES} bytes`
    faults.push({ reason: 'FieldValueTooLong', message, field: 'metadata.annotations' })
  }
  for (const finalizer of meta.finalizers ?? []) {
    const fault = qualifiedFault(finalizer)
    if (fault) wrong('finalizers', finalizer, fault)
  }
  if (GARBAGE.every(one => meta.finalizers?.includes(one))) {
    const message =
      'Invalid value: []string{"foregroundDeletion", "orphan"}: finalizer orphan and foregroundDeletion cannot be both set'
    faults.push({ reason: 'FieldValueInvalid', message, field: 'metadata.finalizers' })
  }
  if ((meta.generation ?? 0) < 0) wrong('generation', meta.generation, 'must be greater than or equal to 0')
  return [...faults, ...ownerFaults(meta)]
}

export function nameFault(name: string, names: Names): string | undefined {
  if (names === 'segment') return segmentFault(name)
  const most = names === 'subdomain' ? 253 : 63
  if (name.length > most) return `must be no more than ${most} characters`
  if (names === 'dns1035') return DNS1035.test(name) ? undefined : DNS1035_SENTENCE
  if (names === 'label') return LABEL.test(name) ? undefined : LABEL_SENTENCE
  return SUBDOMAIN.test(name) ? undefined : SUBDOMAIN_SENTENCE
}

/** apimachinery `IsValidPathSegmentName`. */
function segmentFault(name: string): string | undefined {
  if (name === '.' || name === '..') return `may not be '${name}'`
  const illegal = ['/', '%'].find(letter => name.includes(letter))
  return illegal && `may not contain '${illegal}'`
}

/** What is wrong with the value of a label. */
export function labelValueFault(value: string): string | undefined {
  if (value.length > 63) return 'must be no more than 63 characters'
  return value === '' || NAME_PART.test(value) ? undefined : VALUE_SENTENCE
}

/** `prefix/name` as in the keys of labels. */
export function qualifiedFault(key: string): string | undefined {
  const parts = key.split('/')
  const name = parts.at(-1) ?? ''
  if (parts.length > 2) {
    const example = "and '/' (e.g. 'example.com/MyName')"
    return `a qualified name ${QUALIFIED_SENTENCE.slice(10)} with an optional DNS subdomain prefix ${example}`
  }
  if (parts.length === 2) {
    const prefix = parts[0] ?? ''
    if (prefix === '') return 'prefix part must be non-empty'
    const why = nameFault(prefix, 'subdomain')
    if (why) return `prefix part ${why}`
  }
  if (name === '') return 'name part must be non-empty'
  if (name.length > 63) return 'name part must be no more than 63 characters'
  return NAME_PART.test(name) ? undefined : QUALIFIED_SENTENCE
}

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789' // no vowels, no look-alikes, as Kubernetes has it

/** `generateName` and five characters. */
export function generated(prefix: string, host: Host): string {
  const letters = Array.from({ length: 5 }, () => ALPHABET[Math.floor(host.random() * ALPHABET.length)])
  return prefix.slice(0, 58) + letters.join('')
}

/** A random UUID (RFC 9562 version 4). */
export function newUid(host: Host): string {
  const bytes = Buffer.alloc(16)
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32BE(Math.floor(host.random() * 2 ** 32), at)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
