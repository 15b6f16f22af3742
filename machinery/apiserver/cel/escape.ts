import { CelFault } from './fault.ts'

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '?': '?',
  '"': '"',
  "'": "'",
  '`': '`',
}
const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|X([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([\s\S]?))/g

/** The text or the bytes that a literal with escapes stands for. */
export function unescaped(body: string, { bytes, at }: { bytes: boolean; at: number }): string | Uint8Array {
  const parts: number[][] = []
  let text = ''
  let from = 0
  for (const found of body.matchAll(ESCAPE)) {
    const plain = body.slice(from, found.index)
    from = found.index + found[0].length
    const code = codeOf(found, { bytes, at })
    if (bytes)
      parts.push([...new TextEncoder().encode(plain)], typeof code === 'number' ? [code] : [code.charCodeAt(0)])
    else text += plain + (typeof code === 'number' ? String.fromCodePoint(code) : code)
  }
  const rest = body.slice(from)
  return bytes ? Uint8Array.from([...parts.flat(), ...new TextEncoder().encode(rest)]) : text + rest
}

function codeOf(found: RegExpMatchArray, { bytes, at }: { bytes: boolean; at: number }): number | string {
  const [, x, upper, four, eight, octal, sign = ''] = found
  const hex = x ?? upper
  if (hex !== undefined) return Number.parseInt(hex, 16)
  if (octal !== undefined) return Number.parseInt(octal, 8)
  const point = four ?? eight
  if (point === undefined) {
    const simple = Object.hasOwn(SIMPLE, sign) ? SIMPLE[sign] : undefined
    if (simple !== undefined) return simple
    throw new CelFault('cel/syntax', 'unable to unescape string', at)
  }
  const code = Number.parseInt(point, 16)
  const surrogate = code >= 0xd800 && code < 0xe000
  if (bytes || surrogate || code > 0x10ffff) throw new CelFault('cel/syntax', 'unable to unescape string', at)
  return code
}
