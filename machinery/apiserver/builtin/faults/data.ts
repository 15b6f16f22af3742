import { isDeepStrictEqual } from 'node:util'
import type { StatusCause } from '../../../api/fault.ts'
import { forbidden, invalid, required, tooLong } from '../../schema/cause.ts'
import type { Body } from '../../store/change.ts'
import { members, text } from '../look.ts'
import { keyFaults, sameAsBefore } from './words.ts'

const MOST_BYTES = 1024 * 1024

/** kubernetes `ValidateSecret` and `ValidateSecretUpdate`. */
export function secretFaults(secret: Body, old?: Body): readonly StatusCause[] {
  const data = members(secret.data)
  const faults = old ? [...sameAsBefore('type', secret.type, old.type), ...lockedFaults(secret, old, ['data'])] : []
  for (const key of Object.keys(data)) faults.push(...keyFaults('data', key))
  if (sizeOf(data, 'base64') > MOST_BYTES) faults.push(tooLong('data', MOST_BYTES))
  return [...faults, ...(SECRET_TYPES[text(secret.type)]?.(secret) ?? [])]
}

/** kubernetes `ValidateConfigMap` and `ValidateConfigMapUpdate`. */
export function configMapFaults(map: Body, old?: Body): readonly StatusCause[] {
  const data = members(map.data)
  const binary = members(map.binaryData)
  const faults = old ? [...lockedFaults(map, old, ['data', 'binaryData'])] : []
  for (const key of Object.keys(data)) {
    faults.push(...keyFaults('data', key))
    if (key in binary) faults.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'))
  }
  for (const key of Object.keys(binary)) faults.push(...keyFaults('binaryData', key))
  if (sizeOf(data, 'utf8') + sizeOf(binary, 'base64') > MOST_BYTES) faults.push(tooLong('', MOST_BYTES))
  return faults
}

function sizeOf(data: Readonly<Record<string, unknown>>, encoding: 'utf8' | 'base64'): number {
  return Object.values(data).reduce<number>((sum, value) => sum + Buffer.byteLength(text(value), encoding), 0)
}

const LOCKED = 'field is immutable when `immutable` is set'

function lockedFaults(object: Body, old: Body, names: readonly string[]): StatusCause[] {
  if (old.immutable !== true) return []
  const faults = object.immutable === true ? [] : [forbidden('immutable', LOCKED)]
  const changed = names.filter(name => !isDeepStrictEqual(members(object[name]), members(old[name])))
  return [...faults, ...changed.map(name => forbidden(name, LOCKED))]
}

const ACCOUNT = 'kubernetes.io/service-account.name'
const has = (secret: Body, key: string) => Object.hasOwn(members(secret.data), key)
const needs =
  (...keys: readonly string[]) =>
  (secret: Body): readonly StatusCause[] =>
    keys.filter(key => !has(secret, key)).map(key => required(`data[${key}]`))

const SECRET_TYPES: Readonly<Record<string, (secret: Body) => readonly StatusCause[]>> = {
  'kubernetes.io/service-account-token': ({ metadata }) =>
    metadata.annotations?.[ACCOUNT] ? [] : [required(`metadata.annotations[${ACCOUNT}]`)],
  'kubernetes.io/dockercfg': secret => jsonFaults(secret, '.dockercfg'),
  'kubernetes.io/dockerconfigjson': secret => jsonFaults(secret, '.dockerconfigjson'),
  'kubernetes.io/basic-auth': secret =>
    has(secret, 'username') || has(secret, 'password') ? [] : needs('username', 'password')(secret),
  'kubernetes.io/ssh-auth': secret =>
    text(members(secret.data)['ssh-privatekey']) === '' ? [required('data[ssh-privatekey]')] : [],
  'kubernetes.io/tls': needs('tls.crt', 'tls.key'),
}

function jsonFaults(secret: Body, key: string): readonly StatusCause[] {
  if (!has(secret, key)) return [required(`data[${key}]`)]
  const plain = Buffer.from(text(members(secret.data)[key]), 'base64').toString('utf8')
  const why = notAnObject(plain)
  return why === undefined ? [] : [invalid(`data[${key}]`, '<secret contents redacted>', why)]
}

/** Go's sentence for what it cannot read as a JSON object. */
function notAnObject(plain: string): string | undefined {
  if (plain.trim() === '') return 'unexpected end of JSON input'
  let value: unknown
  try {
    value = JSON.parse(plain)
  } catch {
    const first = plain.trimStart().charAt(0)
    return `invalid character '${first}' looking for beginning of value`
  }
  if (typeof value === 'object' && !Array.isArray(value)) return undefined
  const is = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  return `json: cannot unmarshal ${is} into Go value of type map[string]interface {}`
}

const PEM = /-----BEGIN [^-]+-----/

/** Of a TLS Secret whose key pair cannot be one, in the words of Go's `crypto/tls`; it is kept all the same. */
export function secretWarnings({ type, data }: Body): readonly string[] {
  if (type !== 'kubernetes.io/tls') return []
  const plain = (key: string) => Buffer.from(text(members(data)[key]), 'base64').toString('latin1')
  if (!PEM.test(plain('tls.crt'))) return ['tls: failed to find any PEM data in certificate input']
  return PEM.test(plain('tls.key')) ? [] : ['tls: failed to find any PEM data in key input']
}
