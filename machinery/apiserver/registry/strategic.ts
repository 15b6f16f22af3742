import type { SchemaNode } from '../../api/schema.ts'
import { set } from './merge.ts'
import { isObject } from './served.ts'
import { malformed, mistyped, unknownPatchType } from './strategic-fault.ts'
import { fromList, type Merging, mergeLists, orderedBy, withoutDirectives } from './strategic-list.ts'

// Kubernetes' strategic merge patch, for its own kinds: a merge patch in which some lists are merged item by item
// (apimachinery `strategicpatch`). The schema says which, in x-kubernetes-patch-strategy and -merge-key.

type Members = Readonly<Record<string, unknown>>
type Draft = Record<string, unknown>

const DIRECTIVE = '$patch'
const RETAIN = '$retainKeys'
const DELETE_FROM = '$deleteFromPrimitiveList'
const ORDER = '$setElementOrder'

/** The object with the patch in it. Neither of them is changed. */
export function strategicPatch(schema: SchemaNode | undefined, target: unknown, patch: unknown): unknown {
  return isObject(patch) ? mergeMaps(schema, isObject(target) ? target : {}, patch) : patch
}

function mergeMaps(schema: SchemaNode | undefined, original: Members, patch: Members): Members {
  if (DIRECTIVE in patch) return directed(patch)
  const merged: Draft = { ...original }
  retain(merged, patch)
  const done = mergeOrdered(schema, merged, patch)
  for (const [key, value] of Object.entries(patch)) {
    if (key === RETAIN || isDirective(key, ORDER) || done.has(key)) continue
    if (isDirective(key, DELETE_FROM)) takeFrom(merged, nameAfter(key, DELETE_FROM), value)
    else mergeMember(schema, merged, { key, value })
  }
  return merged
}

function directed(patch: Members): Members {
  const { [DIRECTIVE]: directive, ...members } = patch
  if (directive === 'replace') return members
  if (directive === 'delete') return {}
  throw unknownPatchType(directive, patch)
}

/** Keeps only what the patch says is to stay. */
function retain(merged: Draft, patch: Members): void {
  if (!(RETAIN in patch)) return
  const kept = patch[RETAIN]
  if (!Array.isArray(kept)) throw malformed('retainKeys')
  for (const [key, value] of Object.entries(patch)) {
    const special = key === RETAIN || isDirective(key, DELETE_FROM) || isDirective(key, ORDER)
    if (value !== null && !special && !kept.includes(key)) throw malformed('retainKeys')
  }
  for (const key of Object.keys(merged)) if (!kept.includes(key)) delete merged[key]
}

/** Merges the lists that have an order in the patch; tells which members of the patch that were. */
function mergeOrdered(schema: SchemaNode | undefined, merged: Draft, patch: Members): ReadonlySet<string> {
  const done = new Set<string>()
  for (const [directive, order] of Object.entries(patch)) {
    if (!isDirective(directive, ORDER)) continue
    if (!Array.isArray(order)) throw mistyped('list', order)
    const key = nameAfter(directive, ORDER)
    const live = listAt(merged, key)
    const given = listAt(patch, key)
    if (!live && !given) continue
    set(merged, key, orderedBy(mergingOf(fieldOf(schema, key)), { live, given, order }))
    done.add(key)
  }
  return done
}

function listAt(members: Members, key: string): readonly unknown[] | undefined {
  if (!Object.hasOwn(members, key)) return undefined
  const value = members[key]
  if (!Array.isArray(value)) throw mistyped('list', value)
  return value
}

function takeFrom(merged: Draft, key: string, gone: unknown): void {
  const list = merged[key]
  if (gone === null) delete merged[key]
  else if (Array.isArray(list) && Array.isArray(gone)) set(merged, key, fromList(list, gone))
}

interface Member {
  readonly key: string
  readonly value: unknown
}

function mergeMember(schema: SchemaNode | undefined, merged: Draft, { key, value }: Member): void {
  if (value === null) {
    delete merged[key]
    return
  }
  const known = Object.hasOwn(merged, key) ? merged[key] : undefined
  if (isObject(value) && isObject(known)) {
    const field = fieldOf(schema, key)
    const replaced = strategiesOf(field).includes('replace')
    set(merged, key, replaced ? value : mergeMaps(field, known, value))
  } else if (Array.isArray(value) && Array.isArray(known)) {
    const merging = mergingOf(fieldOf(schema, key))
    set(merged, key, merging.merges ? mergeLists(merging, known, value) : value)
  } else {
    const kept = withoutDirectives(withoutNulls(value))
    if (kept === undefined) delete merged[key]
    else set(merged, key, kept)
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  const kept: Draft = {}
  for (const [key, member] of Object.entries(value)) if (member !== null) set(kept, key, withoutNulls(member))
  return kept
}

/** The schema of a member; what lies below something free has none. */
function fieldOf(schema: SchemaNode | undefined, key: string): SchemaNode | undefined {
  const { properties, additionalProperties } = schema ?? {}
  if (properties && Object.hasOwn(properties, key)) return properties[key]
  return isObject(additionalProperties) ? additionalProperties : undefined
}

function strategiesOf(field: SchemaNode | undefined): readonly string[] {
  return (field?.['x-kubernetes-patch-strategy'] ?? '').split(',')
}

function mergingOf(field: SchemaNode | undefined): Merging {
  return {
    merges: strategiesOf(field).includes('merge'),
    mergeKey: field?.['x-kubernetes-patch-merge-key'] ?? '',
    mergeItem: (original, patch) => mergeMaps(field?.items, original, patch),
  }
}

function isDirective(key: string, directive: string): boolean {
  return key.startsWith(directive)
}

function nameAfter(key: string, directive: typeof DELETE_FROM | typeof ORDER): string {
  if (key.startsWith(`${directive}/`)) return key.slice(directive.length + 1)
  throw malformed(directive === ORDER ? 'setElementOrder list' : 'primitive list')
}
