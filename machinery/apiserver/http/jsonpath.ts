import { isObject } from '../registry/served.ts'

// The little of JSONPath that printer columns use: `.a.b`, `.list[0]`, `.list[*].c`, `.list[?(@.type=="Ready")].status`.

type Step = (value: unknown) => readonly unknown[]

const PART = /^(?:\.([A-Za-z0-9_\-/]+)|\['([^']+)'\]|\[(\d+|\*)\]|\[\?\(@\.([\w.]+)\s*==\s*["']([^"']*)["']\)\])/

/** Compiles a path once; what it cannot read finds nothing. */
export function jsonPath(path: string): (object: unknown) => readonly unknown[] {
  const steps: Step[] = []
  // A dot inside a name is written `\.`.
  let left = path
    .replace(/^\{(.*)\}$/, '$1')
    .replace(/^\$/, '')
    .replaceAll('\\.', '\u0000')
  while (left !== '') {
    const match = PART.exec(left.replace(/^\.\[/, '['))
    if (!match) return () => []
    steps.push(stepOf(match))
    left = left.replace(/^\.\[/, '[').slice(match[0].length)
  }
  return object => steps.reduce<readonly unknown[]>((values, step) => values.flatMap(step), [object])
}

function stepOf([, name, quoted, index, field, equals]: RegExpExecArray): Step {
  const member = (name ?? quoted)?.replaceAll('\u0000', '.')
  if (member !== undefined) return value => (isObject(value) && Object.hasOwn(value, member) ? [value[member]] : [])
  if (index === '*') return value => (Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [])
  if (index !== undefined)
    return value => (Array.isArray(value) && Number(index) < value.length ? [value[Number(index)]] : [])
  const path = (field ?? '').split('.')
  const read = (item: unknown) => path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), item)
  return value => (Array.isArray(value) ? value.filter(item => String(read(item)) === equals) : [])
}
