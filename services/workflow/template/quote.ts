const ESCAPES: Readonly<Record<string, string | undefined>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
}
/** What strconv.IsPrint shows as it is: letters, marks, numbers, punctuation, symbols, and the plain space. */
const SHOWN = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u

/** A text in double quotes, as Go writes it (strconv.Quote). */
export function quote(text: string, ascii = false): string {
  const inner = Array.from(text, character => {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0xd800 && code < 0xe000) return '\\ufffd'
    const known = ESCAPES[character]
    if (known) return known
    if (SHOWN.test(character) && (!ascii || code < 0x80)) return character
    if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
  })
  return `"${inner.join('')}"`
}
