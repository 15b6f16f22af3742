/** Bytes of a file that are asked for, both ends included; the whole file when nothing (readable) is asked for. */
export type Range =
  | { readonly is: 'whole'; readonly start: 0; readonly end: number }
  | { readonly is: 'part'; readonly start: number; readonly end: number }
  | { readonly is: 'outside' }

/** RFC 9110 §14.2: one range is answered, several are answered with the whole, which the section allows. */
export function parseRange(header: string | undefined, size: number): Range {
  const match = /^bytes=([0-9]{0,15})-([0-9]{0,15})$/.exec(header ?? '')
  const [first = '', last = ''] = match?.slice(1) ?? []
  if (!match || (first === '' && last === '')) return { is: 'whole', start: 0, end: size - 1 }
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < start) return { is: 'whole', start: 0, end: size - 1 }
  return start >= size || end < start ? { is: 'outside' } : { is: 'part', start, end }
}
