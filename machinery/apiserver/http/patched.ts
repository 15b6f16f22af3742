import { isDeepStrictEqual } from 'node:util'
import { ApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { requireAddress, requireUid } from '../registry/address.ts'
import { asBody, type Catalog, isObject, type Served } from '../registry/served.ts'
import { quote } from '../schema/gotext.ts'
import type { Body } from '../store/change.ts'
import type { Target } from './write.ts'

/** What a patch made of an object, on its way to being one. */
export interface Patched {
  readonly now: Body
  readonly patched: unknown
  /** What refusals show of it. */
  readonly shown: string
}

/** What a patch made of an object as an object of the same kind and name; anything else is refused. */
export function readPatched(catalog: Catalog, path: Target, { now, patched, shown }: Patched): Body {
  const { served } = path
  const object = asObject(served, patched, shown)
  requireKind(catalog, served, { object, shown })
  return requireUid(served, requireAddress(served, object, path), now)
}

/** It cannot be read as an object. */
export function unfit(shown: string, why: string): ApiFault {
  const message = `Invalid value: ${quote(shown)}: ${why}`
  const causes = [{ reason: 'FieldValueInvalid', message, field: 'patch' }]
  return new ApiFault('Invalid', ` "" is invalid: patch: ${message}`, { causes })
}

/** JSON as the real server has it after a patch: sorted wherever something was changed. */
export function patchedJson(now: unknown, patched: unknown): string {
  return JSON.stringify(sortedWhereChanged(now, patched))
}

function sortedWhereChanged(now: unknown, patched: unknown): unknown {
  if (!isObject(patched) || !isObject(now) || isDeepStrictEqual(now, patched)) return patched
  const names = Object.keys(patched).sort()
  return Object.fromEntries(names.map(name => [name, sortedWhereChanged(now[name], patched[name])]))
}

function asObject({ kind }: Served, patched: unknown, shown: string): Body {
  if (!isObject(patched))
    throw unfit(shown, `json: cannot unmarshal ${jsonType(patched)} into Go value of type v1.${kind.kind}`)
  const { metadata = {} } = patched
  if (metadata === null || isObject(metadata)) return asBody({ ...patched, metadata: metadata ?? {} })
  const where = kind.schema ? 'value of type' : `struct field ${kind.kind}.metadata of type`
  throw unfit(shown, `json: cannot unmarshal ${jsonType(metadata)} into Go ${where} v1.ObjectMeta`)
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

interface Shown {
  readonly object: Body
  readonly shown: string
}

function requireKind(catalog: Catalog, { kind }: Served, { object, shown }: Shown): void {
  const version = apiVersion(kind)
  if (object.apiVersion === version && object.kind === kind.kind) return
  if (!object.kind) throw unfit(shown, `Object 'Kind' is missing in '${shown}'`)
  if (kind.schema) throw otherKind(kind, object)
  if (!catalog.byKind(object.apiVersion, object.kind)) {
    const where = `for version ${quote(object.apiVersion)} in scheme "pkg/runtime/scheme.go:100"`
    throw unfit(shown, `no kind ${quote(object.kind)} is registered ${where}`)
  }
  const group = kind.group.split('.')[0] || 'core'
  const from = `${object.apiVersion.split('/').at(-1)}.${object.kind}`
  throw unfit(shown, `converting (${from}) to (${group}.${kind.kind}): unknown conversion`)
}

/** The refusal is told of what the object would be. */
function otherKind(kind: Served['kind'], object: Body): ApiFault {
  const group = object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : ''
  const rows = [
    ['apiVersion', object.apiVersion, apiVersion(kind)],
    ['kind', object.kind, kind.kind],
  ] as const
  const causes = rows
    .filter(([, is, must]) => is !== must)
    .map(([field, is, must]) => ({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${quote(is)}: must be ${must}`,
      field,
    }))
  const { name } = object.metadata
  const said = causes.map(({ field, message }) => `${field}: ${message}`)
  const reasons = said.length === 1 ? said[0] : `[${said.join(', ')}]`
  const sentence = `${group ? `${object.kind}.${group}` : object.kind} "${name}" is invalid: ${reasons}`
  return new ApiFault('Invalid', sentence, { name, ...(group && { group }), kind: object.kind, causes })
}
