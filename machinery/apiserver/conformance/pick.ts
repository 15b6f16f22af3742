import { isObject } from '../registry/served.ts'

/** Fields of a value by path; `*` stands for every item. What is not there is left out. */
export function picked(value: unknown, paths: readonly string[]): Record<string, unknown> {
  const found = paths.map(path => [path, at(value, path.split('.'))] as const)
  return Object.fromEntries(found.filter(([, item]) => item !== undefined))
}

function at(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value
  if (key === '*') return Array.isArray(value) ? value.map(item => at(item, rest) ?? null) : undefined
  if (Array.isArray(value)) return at(value[Number(key)], rest)
  return isObject(value) ? at(value[key], rest) : undefined
}
