import { isObject } from '../registry/served.ts'

// Fields of a definition as it came: what has another type than Kubernetes' own is read as absent.

export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(value: unknown): Fields | undefined {
  return isObject(value) ? value : undefined
}

/** The text, or nothing at all, as Go reads what is absent. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(item => fieldsOf(item) ?? {}) : []
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : []
}
