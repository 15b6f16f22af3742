/** `3d`, `5h`, `12m`, `40s`: how long ago, as kubectl's AGE column says it. */
export function age(time: string | undefined, now: number): string {
  if (!time) return '<unknown>'
  const seconds = Math.max(0, Math.floor((now - Date.parse(time)) / 1000))
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const
  for (const [unit, size] of units) if (seconds >= size * 2) return `${Math.floor(seconds / size)}${unit}`
  return `${seconds}s`
}
