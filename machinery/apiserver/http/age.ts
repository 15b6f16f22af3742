const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/** A span as kubectl prints it (apimachinery `HumanDuration`): one unit when long, two when short. */
export function span(seconds: number): string {
  if (seconds < -1) return '<invalid>'
  const s = Math.max(0, Math.floor(seconds))
  if (s < 2 * MINUTE) return `${s}s`
  if (s < 10 * MINUTE) return two(s, [MINUTE, 'm', 1, 's'])
  if (s < 3 * HOUR) return `${Math.floor(s / MINUTE)}m`
  if (s < 8 * HOUR) return two(s, [HOUR, 'h', MINUTE, 'm'])
  if (s < 2 * DAY) return `${Math.floor(s / HOUR)}h`
  if (s < 8 * DAY) return two(s, [DAY, 'd', HOUR, 'h'])
  if (s < 2 * YEAR) return `${Math.floor(s / DAY)}d`
  if (s < 8 * YEAR) return two(s, [YEAR, 'y', DAY, 'd'])
  return `${Math.floor(s / YEAR)}y`
}

function two(s: number, [big, bigName, small, smallName]: readonly [number, string, number, string]): string {
  const rest = Math.floor((s % big) / small)
  return `${Math.floor(s / big)}${bigName}${rest > 0 ? `${rest}${smallName}` : ''}`
}

/** How long ago an RFC 3339 time was. */
export function age(timestamp: unknown, now: number): string {
  const then = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN
  return Number.isNaN(then) ? '<unknown>' : span((now - then) / 1000)
}
