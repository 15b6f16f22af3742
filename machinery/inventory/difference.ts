/**
 * Places where an object that is there says something else than the list wants. Only what the list names is compared:
 * controllers and people add fields of their own.
 */
export function differences(wanted: unknown, there: unknown, at = ''): readonly string[] {
  if (OWNED_BY_OTHERS.some(place => at.endsWith(place))) return []
  if (typeof wanted !== 'object' || wanted === null) return Object.is(wanted, there) ? [] : [at]
  const other: Readonly<Record<string, unknown>> = typeof there === 'object' && there !== null ? { ...there } : {}
  return Object.entries(wanted).flatMap(([name, value]) => {
    const place = Array.isArray(wanted) ? `${at}[${name}]` : at === '' ? name : `${at}.${name}`
    return differences(value, other[name], place)
  })
}

/** Turned by workflows as a machine is installed. */
const OWNED_BY_OTHERS = ['.netboot.allowPXE']
