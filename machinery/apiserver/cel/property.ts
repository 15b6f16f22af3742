const KEYWORDS = new Set(
  (
    'true false null in as break const continue else for function if import let loop package namespace return var void ' +
    'while'
  ).split(' '),
)
const SIGNS: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
}

/** The name under which a rule reads a property; nothing where no name can be made of it. */
export function escapedProperty(name: string): string | undefined {
  if (KEYWORDS.has(name)) return `__${name}__`
  if (!/^[a-zA-Z_./-][a-zA-Z0-9_./-]*$/.test(name)) return undefined
  return name.replaceAll(/__|[./-]/g, sign => SIGNS[sign] ?? sign)
}
