import { set } from './merge.ts'
import { isObject } from './served.ts'

/** What lies at a simple path such as `.spec.replicas`. */
export function valueAt(object: object, path: string): unknown {
  let value: unknown = object
  for (const name of namesIn(path)) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return value
}

/** A copy with another value at a simple path; objects on the way are made. */
export function withValueAt(object: object, path: string, value: unknown): Record<string, unknown> {
  const [name = '', ...below] = namesIn(path)
  const copy: Record<string, unknown> = { ...object }
  const inner = copy[name]
  const next = below.length === 0 ? value : withValueAt(isObject(inner) ? inner : {}, `.${below.join('.')}`, value)
  set(copy, name, next)
  return copy
}

function namesIn(path: string): readonly string[] {
  return path.replace(/^\./, '').split('.')
}
