import type { SchemaNode } from '../../api/schema.ts'

const STEP = /\.([^.[\]]+)|\['((?:[^'\\]|\\[\s\S])*)'\]/y
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  "'": "'",
  '\\': '\\',
}

/**
 * A rule's `fieldPath`, `.a.b['c d']`, as messages write paths; nothing where it leads to no field of the schema. Items
 * of lists have no such path.
 */
export function fieldPath(text: string, schema: SchemaNode): string | undefined {
  let path = ''
  let at = 0
  let of: SchemaNode | undefined = schema
  while (at < text.length) {
    STEP.lastIndex = at
    const match = STEP.exec(text)
    const name: string | undefined = match?.[1] ?? (match?.[2] === undefined ? undefined : unescaped(match[2]))
    if (!match || name === undefined || !of) return undefined
    at += match[0].length
    const { properties, additionalProperties }: SchemaNode = of
    if (!properties && typeof additionalProperties !== 'object') return undefined
    if (properties && !Object.hasOwn(properties, name)) return undefined
    path += properties ? (path === '' ? name : `.${name}`) : `[${name}]`
    of = properties ? properties[name] : typeof additionalProperties === 'object' ? additionalProperties : undefined
  }
  return path
}

function unescaped(text: string): string | undefined {
  let known = true
  const plain = text.replaceAll(/\\([\s\S])/g, (_, sign: string) => {
    known &&= Object.hasOwn(ESCAPES, sign)
    return ESCAPES[sign] ?? ''
  })
  return known ? plain : undefined
}
