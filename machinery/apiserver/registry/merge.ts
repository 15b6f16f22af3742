import { isObject } from './served.ts'

/** RFC 7386: null takes a member away, objects are merged, all else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return isObject(target) ? patch : withoutNulls(patch)
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else if (value !== undefined) set(merged, key, mergePatch(merged[key], value))
  }
  return merged
}

/** The real server (evanphx/json-patch v4) takes nulls out of objects in a new list, too. */
function withoutNulls(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.map((item: unknown) => (isObject(item) ? mergePatch({}, item) : withoutNulls(item)))
}

/** Sets an own member, whatever its name: `__proto__` is a name like any other. */
export function set(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true })
  else target[key] = value
}
