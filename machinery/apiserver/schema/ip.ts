/** The four numbers of an IPv4 address. Leading zeros are a mistake unless `sloppy`. */
export function ipv4Bytes(text: string, { sloppy = false } = {}): number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  const fits = (part: string) => /^\d+$/.test(part) && Number(part) < 256 && (sloppy || !/^0\d/.test(part))
  return parts.every(fits) ? parts.map(Number) : undefined
}

/** The sixteen numbers of an IPv6 address without a zone. */
export function ipv6Bytes(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2 || !text.includes(':')) return undefined
  const head = groups(halves[0] ?? '', halves.length === 1)
  const tail = groups(halves[1] ?? '', true)
  if (!head || !tail) return undefined
  const missing = 16 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined
  return [...head, ...Array<number>(missing).fill(0), ...tail]
}

function groups(half: string, last: boolean): number[] | undefined {
  if (half === '') return []
  const bytes: number[] = []
  const parts = half.split(':')
  for (const [at, part] of parts.entries()) {
    const four = last && at === parts.length - 1 && part.includes('.') ? ipv4Bytes(part) : undefined
    if (four) bytes.push(...four)
    else if (/^[0-9a-fA-F]{1,4}$/.test(part))
      bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255)
    else return undefined
  }
  return bytes
}
