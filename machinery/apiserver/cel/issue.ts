/** Faults of an expression as cel-go shows them: the sentence, the line, and a mark below the place. */
export function issueText(text: string, faults: readonly { readonly why: string; readonly at: number }[]): string {
  const ordered = faults.toSorted((a, b) => a.at - b.at)
  return ordered.map(fault => oneIssue(text, fault)).join('\n')
}

function oneIssue(text: string, { why, at }: { readonly why: string; readonly at: number }): string {
  if (at < 0) return `ERROR: <input>:1:0: ${why}`
  const before = text.slice(0, at).split('\n')
  const column = [...(before.at(-1) ?? '')]
  const line = text.split('\n')[before.length - 1] ?? ''
  const dots = column.map(letter => ((letter.codePointAt(0) ?? 0) > 0x7f ? '．' : '.')).join('')
  const wide = (text.codePointAt(at) ?? 0) > 0x7f
  const place = `<input>:${before.length}:${column.length + 1}`
  return `ERROR: ${place}: ${why}\n | ${line.replaceAll('\t', ' ')}\n | ${dots}${wide ? '＾' : '^'}`
}
