const HTML: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}

/** As Go's template.HTMLEscapeString. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[\0"'&<>]/g, character => HTML[character] ?? character)
}

const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
}

/** As Go's template.JSEscapeString. */
export function escapeJs(text: string): string {
  return text.replaceAll(/[\\'"<>&=]|[\p{C}\p{Z}]/gu, character => {
    const known = JS[character]
    if (known) return known
    if (character === ' ') return character
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  })
}

/** As Go's url.QueryEscape. */
export function escapeQuery(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%20', '+')
    .replaceAll(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
