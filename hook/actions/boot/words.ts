/**
 * The words of one line of GRUB's script: quotes taken away, `$name` and `${name}` replaced (GRUB manual, 6.1). Without
 * variables a dollar sign stands for itself.
 */
export function words(line: string, variables?: ReadonlyMap<string, string>): string[] {
  const found: string[] = []
  let word: string | undefined
  for (let at = 0; at < line.length; ) {
    const rest = line.slice(at)
    const token = TOKEN.exec(rest)?.groups
    if (!token) break
    at += (token.all ?? ' ').length
    if (token.comment !== undefined && word === undefined) break
    if (token.space !== undefined || token.end !== undefined) {
      if (word !== undefined) found.push(word)
      word = undefined
      if (token.end !== undefined && found.length > 0) break
      continue
    }
    word = (word ?? '') + textOf(token, variables)
  }
  if (word !== undefined) found.push(word)
  return found
}

/** One of: white space, `;`, comment, 'single', "double", \escaped, $variable, or a row of plain letters. Always at least one. */
const TOKEN =
  /^(?<all>(?<space>\s+)|(?<end>;)|(?<comment>#)|'(?<single>[^']*)'?|"(?<double>(?:\\.|[^"\\])*)"?|\\(?<escaped>.?)|\$\{?(?<name>[A-Za-z_][A-Za-z0-9_]*|[?@#*0-9])\}?|(?<plain>[^\s;'"\\$]+|\$))/s

function textOf(token: Record<string, string | undefined>, variables?: ReadonlyMap<string, string>): string {
  if (token.double !== undefined) return expand(token.double, variables)
  if (token.name !== undefined) return variables ? (variables.get(token.name) ?? '') : (token.all ?? '')
  return token.single ?? token.escaped ?? token.plain ?? token.comment ?? ''
}

function expand(text: string, variables?: ReadonlyMap<string, string>): string {
  return text.replace(/\\([\\"$])|\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?/g, (all, escaped?: string, name?: string) =>
    name === undefined ? (escaped ?? '') : variables ? (variables.get(name) ?? '') : all,
  )
}
