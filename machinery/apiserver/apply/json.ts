/** JSON as Go's encoder writes it: harmless inside HTML. */
export function goJson(value: unknown): string {
  const text = JSON.stringify(value)
  return HARMFUL.test(text) ? text.replaceAll(EACH, escaped) : text
}

const HARMFUL = /[<>&\u2028\u2029]/
const EACH = new RegExp(HARMFUL, 'g')

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
}
