import { apiVersion, type Kind } from '../kind.ts'
import type { ObjectKey } from '../object.ts'

/** Where the objects of a kind are, in one namespace or in all. */
export function collectionPath(kind: Kind, namespace?: string): string {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${apiVersion(kind)}`
  const inside = kind.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${root}${inside}/${kind.plural}`
}

export function objectPath(kind: Kind, { name, namespace }: ObjectKey, subresource?: string): string {
  const below = subresource ? `/${subresource}` : ''
  return `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}${below}`
}

/** What is undefined or empty is left out. */
export function queryOf(fields: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return given.length === 0 ? '' : `?${new URLSearchParams(given as [string, string][])}`
}
