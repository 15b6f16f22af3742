import { isObject } from '../registry/served.ts'
import { compare } from './compare.ts'
import { type Conflict, type ConflictFault, withoutFields } from './conflict.ts'
import { ApplyFault } from './fault.ts'
import { fieldsOf } from './fields.ts'
import { goJson } from './json.ts'
import { difference, type FieldSet } from './set.ts'
import { requireShape } from './typecheck.ts'
import type { Typed } from './versions.ts'

/** Where `kubectl apply` of old keeps what it applied. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The manager that the annotation belongs to: under another name nobody takes it over. */
export const KUBECTL = 'kubectl'

/**
 * The conflicts that are left when fields are allowed to change that kubectl itself applied before there were managers:
 * those that are still as its annotation says (apimachinery `lastAppliedManager`).
 */
export function withoutLastApplied(live: Typed, fault: ConflictFault): readonly Conflict[] {
  const allowed = lastApplied(live)
  return allowed ? withoutFields(fault.conflicts, allowed) : fault.conflicts
}

function lastApplied(live: Typed): FieldSet | undefined {
  const text = annotationOf(live.object)
  const applied = text === undefined ? undefined : parsed(text)
  if (!isObject(applied) || applied.apiVersion !== live.apiVersion) return undefined
  if (!fits(live, live.object) || !fits(live, applied)) return undefined
  const { added, modified, removed } = compare(live.shape, applied, live.object)
  return [modified, added, removed].reduce(difference, fieldsOf(live.shape, applied))
}

function annotationOf(object: unknown): string | undefined {
  const metadata = isObject(object) ? object.metadata : undefined
  const annotations = isObject(metadata) ? metadata.annotations : undefined
  const text = isObject(annotations) ? annotations[LAST_APPLIED] : undefined
  return typeof text === 'string' && text !== '' ? text : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function fits({ shape }: Typed, object: unknown): boolean {
  try {
    requireShape(shape, object)
    return true
  } catch (fault) {
    if (fault instanceof ApplyFault) return false
    throw fault
  }
}

/** The object with the annotation, where it has one, brought up to what is applied. */
export function annotated(object: unknown, configuration: unknown): unknown {
  if (annotationOf(object) === undefined || !isObject(object) || !isObject(object.metadata)) return object
  const { annotations } = object.metadata
  const brought = { ...(isObject(annotations) ? annotations : {}), [LAST_APPLIED]: annotationFor(configuration) }
  return { ...object, metadata: { ...object.metadata, annotations: brought } }
}

/** A configuration as the annotation keeps it: sorted, harmless in HTML, with a line break at its end. */
function annotationFor(configuration: unknown): string {
  return `${goJson(sorted(withoutAnnotation(configuration)))}\n`
}

function withoutAnnotation(configuration: unknown): unknown {
  if (!isObject(configuration) || !isObject(configuration.metadata)) return configuration
  const { annotations, ...metadata } = configuration.metadata
  if (!isObject(annotations)) return configuration
  const { [LAST_APPLIED]: _, ...rest } = annotations
  return { ...configuration, metadata: { ...metadata, annotations: rest } }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]))
}
