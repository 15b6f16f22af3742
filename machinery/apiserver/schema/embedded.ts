import type { StatusCause } from '../../api/fault.ts'
import type { ObjectMeta } from '../../api/object.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { metadataFaults } from '../registry/metadata.ts'
import { isObject } from '../registry/served.ts'
import { invalid, required } from './cause.ts'
import { check } from './check.ts'
import { METADATA } from './metadata.ts'
import { rulesOf } from './rules.ts'
import { childOf, Visit } from './visit.ts'

const KIND = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const KIND_SENTENCE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and " +
  "end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is " +
  "'[a-z]([-a-z0-9]*[a-z0-9])?')"

const EMBEDDED = new Visit(schema => schema['x-kubernetes-embedded-resource'] === true)

/** What every object carries, whether its schema says so or not. */
export const META_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata'])

/** What is wrong with the type and the metadata of objects inside of an object (apiextensions `objectmeta.Validate`). */
export function embeddedFaults(schema: SchemaNode, value: unknown, path: string): StatusCause[] {
  const faults: StatusCause[] = []
  EMBEDDED.each(schema, { value, path }, (_, inner, at) => {
    if (isObject(inner)) faults.push(...resourceFaults(inner, at))
  })
  return faults
}

function resourceFaults(object: Readonly<Record<string, unknown>>, path: string): StatusCause[] {
  const { apiVersion, kind, metadata } = object
  return [
    ...(apiVersion === undefined ? [required(childOf(path, 'apiVersion'), 'must not be empty')] : []),
    ...(kind === undefined ? [required(childOf(path, 'kind'), 'must not be empty')] : []),
    ...textFaults(childOf(path, 'apiVersion'), apiVersion, versionFault),
    ...textFaults(childOf(path, 'kind'), kind, kindFault),
    ...(metadata === undefined ? [] : metaFaults(metadata, childOf(path, 'metadata'))),
  ]
}

type Judge = (text: string) => string | undefined

function textFaults(path: string, value: unknown, judge: Judge): StatusCause[] {
  if (value === undefined) return []
  if (typeof value !== 'string') return [invalid(path, value, 'must be a string')]
  const why = value === '' ? 'must not be empty' : judge(value)
  return why === undefined ? [] : [invalid(path, value, why)]
}

function versionFault(text: string): string | undefined {
  return text.split('/').length > 2 ? `unexpected GroupVersion string: ${text}` : undefined
}

function kindFault(text: string): string | undefined {
  const lower = text.toLowerCase()
  const long = lower.length > 63 ? ['must be no more than 63 characters'] : []
  const why = [...long, ...(KIND.test(lower) ? [] : [KIND_SENTENCE])]
  return why.length > 0 ? `may have mixed case, but should otherwise match: ${why.join(',')}` : undefined
}

function metaFaults(metadata: unknown, path: string): StatusCause[] {
  const meta = asMetadata(metadata)
  if (typeof meta === 'string') return [invalid(path, metadata, meta)]
  const named = meta.name ? segmentFaults(meta.name, `${path}.name`) : []
  const others = metadataFaults({ ...meta, name: 'fakename' })
  return [...named, ...others.map(cause => ({ ...cause, field: cause.field.replace('metadata', path) }))]
}

/** A name may be anything that can stand in a path. */
function segmentFaults(name: string, path: string): StatusCause[] {
  if (name === '.' || name === '..') return [invalid(path, name, `may not be '${name}'`)]
  return ['/', '%'].filter(sign => name.includes(sign)).map(sign => invalid(path, name, `may not contain '${sign}'`))
}

/** The metadata, or why it is none, as Go's JSON decoder says it. */
function asMetadata(value: unknown): ObjectMeta | string {
  const is = Array.isArray(value) ? 'array' : typeof value
  if (!isObject(value)) return `json: cannot unmarshal ${is} into Go value of type v1.ObjectMeta`
  const present = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
  const faults = new Map<string, StatusCause>()
  check(rulesOf(METADATA), present, { root: '', path: [], faults })
  const [wrong] = faults.values()
  if (!wrong) return present as unknown as ObjectMeta
  const [, was = '', wanted = ''] = /"(\w+)": .* must be of type (\w+)/.exec(wrong.message) ?? []
  return `json: cannot unmarshal ${was === 'integer' ? 'number' : was} into Go struct field ObjectMeta.${wrong.field} of type ${wanted}`
}

/** Embedded metadata without unknown fields and, as Go writes it, without empty ones. What is no metadata stays. */
export function prunedMetadata(value: unknown, path: string, unknown: string[]): unknown {
  if (!isObject(value)) return value
  const known = METADATA.properties ?? {}
  const kept: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) {
    if (!Object.hasOwn(known, key)) unknown.push(`${path}.${key}`)
    else if (!isEmpty(member)) kept[key] = member
  }
  return kept
}

function isEmpty(value: unknown): boolean {
  return !value || (typeof value === 'object' && Object.keys(value).length === 0)
}
