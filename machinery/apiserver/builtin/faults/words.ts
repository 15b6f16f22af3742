import { isDeepStrictEqual } from 'node:util'
import type { StatusCause } from '../../../api/fault.ts'
import { qualifiedFault } from '../../registry/metadata.ts'
import { invalid, required } from '../../schema/cause.ts'
import { quote } from '../../schema/gotext.ts'
import type { Body } from '../../store/change.ts'
import { isSaid, members, text } from '../look.ts'

// Rules that many kinds have (apimachinery `util/validation`, kubernetes `pkg/apis/core/validation`), in their words.

const KEY = /^[-._a-zA-Z0-9]+$/
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

const KEY_SENTENCE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or " +
  "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
const LABEL_SENTENCE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with " +
  "an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const SUBDOMAIN_SENTENCE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

/** What is wrong with a key of a ConfigMap or a Secret. */
export function keyFaults(field: string, key: string): readonly StatusCause[] {
  const faults: string[] = []
  if (key.length > 253) faults.push('must be no more than 253 characters')
  if (!KEY.test(key)) faults.push(KEY_SENTENCE)
  if (key === '.') faults.push("must not be '.'")
  else if (key === '..') faults.push("must not be '..'")
  else if (key.startsWith('..')) faults.push("must not start with '..'")
  return faults.map(why => invalid(`${field}[${key}]`, key, why))
}

export function labelFaults(field: string, value: string): readonly StatusCause[] {
  const faults = value.length > 63 ? [invalid(field, value, 'must be no more than 63 characters')] : []
  return LABEL.test(value) ? faults : [...faults, invalid(field, value, LABEL_SENTENCE)]
}

export function subdomainFaults(field: string, value: string): readonly StatusCause[] {
  const faults = value.length > 253 ? [invalid(field, value, 'must be no more than 253 characters')] : []
  return SUBDOMAIN.test(value) ? faults : [...faults, invalid(field, value, SUBDOMAIN_SENTENCE)]
}

export function qualifiedFaults(field: string, value: string): readonly StatusCause[] {
  if (value === '')
    return ['name part must be non-empty', qualifiedFault('-') ?? ''].map(why => invalid(field, '', why))
  const why = qualifiedFault(value)
  return why === undefined ? [] : [invalid(field, value, why)]
}

interface Why {
  readonly why: string
  /** The Go type of each. */
  readonly type: string
}

/** A refused value that Go shows by its own type. */
export function invalidLiteral(field: string, literal: string, why: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${literal}: ${why}`, field }
}

/** A map of text, as Go shows it. */
export function textMap(map: unknown): string {
  if (!isSaid(map)) return 'map[string]string(nil)'
  const entries = Object.entries(members(map)).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[string]string{${entries.map(([key, value]) => `${quote(key)}:${quote(text(value))}`).join(', ')}}`
}

/** A refused list of text, as Go shows it. */
export function invalidTexts(field: string, texts: readonly string[], why: string | Why): StatusCause {
  const { why: said, type } = typeof why === 'string' ? { why, type: 'string' } : why
  return invalidLiteral(field, `[]${type}{${texts.map(quote).join(', ')}}`, said)
}

export function notNegative(field: string, value: number | undefined): readonly StatusCause[] {
  return value !== undefined && value < 0 ? [invalid(field, value, 'must be greater than or equal to 0')] : []
}

export function portFaults(field: string, value: number): readonly StatusCause[] {
  return value >= 1 && value <= 65_535 ? [] : [invalid(field, value, 'must be between 1 and 65535, inclusive')]
}

export function requiredText(field: string, value: string): readonly StatusCause[] {
  return value === '' ? [required(field)] : []
}

export function sameAsBefore(field: string, value: unknown, before: unknown): readonly StatusCause[] {
  return isDeepStrictEqual(value, before) ? [] : [invalid(field, value, 'field is immutable')]
}

const STANDARD = ['kubernetes', 'orphan', 'foregroundDeletion']

/** Finalizers of a name without a domain belong to Kubernetes (kubernetes `ValidateFinalizerName`). */
export function finalizerFaults({ metadata }: Body): readonly StatusCause[] {
  const why = 'name is neither a standard finalizer name nor is it fully qualified'
  return (metadata.finalizers ?? []).flatMap((one, at) => {
    return one.includes('/') || STANDARD.includes(one) ? [] : [invalid(`metadata.finalizers[${at}]`, one, why)]
  })
}
