import { isObject } from '../registry/served.ts'

// Looking into objects whose types were checked when they were read.

export type Members = Readonly<Record<string, unknown>>

/** The value at a path of members; undefined where the path ends early. */
export function at(object: unknown, ...path: readonly string[]): unknown {
  let value = object
  for (const name of path) value = isObject(value) ? value[name] : undefined
  return value
}

export function members(value: unknown): Members {
  return isObject(value) ? value : {}
}

export function items(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.map(members) : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(text) : []
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** Go writes a null where a pointer says nothing. */
export function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null
}
