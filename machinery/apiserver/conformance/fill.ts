import { isObject } from '../registry/served.ts'

/** What a step may refer to: names of the case, and answers that were kept. */
export interface References {
  readonly ns: string
  readonly group: string
  readonly kept: ReadonlyMap<string, unknown>
}

const REFERENCE = /<([a-z]\w*)((?:\.[\w-]+)*)>/g

/** A value with its references filled in. */
export function filled<T>(value: T, references: References): T {
  return walk(value, references) as T
}

function walk(value: unknown, references: References): unknown {
  if (typeof value === 'string')
    return value.replace(REFERENCE, (all, name, path) => text(references, { all, name, path }))
  if (Array.isArray(value)) return value.map(item => walk(item, references))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [walk(key, references), walk(item, references)]))
}

type Found = { readonly all: string; readonly name: string; readonly path: string }

function text({ ns, group, kept }: References, { all, name, path }: Found): string {
  if (name === 'ns') return ns
  if (name === 'group') return group
  if (!kept.has(name)) return all
  const found = path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (at, key) => (Array.isArray(at) ? at[Number(key)] : isObject(at) ? at[key] : undefined),
      kept.get(name),
    )
  return found === undefined ? all : String(found)
}
