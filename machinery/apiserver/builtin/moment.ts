// Times as Go reads and writes them (apimachinery `meta/v1` Time and MicroTime): RFC 3339, in UTC.

/** A time that cannot be read, in Go's words. */
export interface NoMoment {
  readonly fault: string
}

/** A moment: seconds since 1970, and microseconds. */
export interface Moment {
  readonly seconds: number
  readonly micros: number
}

/** Go's layouts. */
const LAYOUTS = { seconds: '2006-01-02T15:04:05Z07:00', micros: '2006-01-02T15:04:05.000000Z07:00' } as const
type Precision = keyof typeof LAYOUTS
/** Of a layout: what stands there, and what is looked for. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d{2}/],
  ['-', /^-/],
  ['02', /^\d{2}/],
  ['T', /^T/],
  ['15', /^\d{2}/],
  [':', /^:/],
  ['04', /^\d{2}/],
  [':', /^:/],
  ['05', /^\d{2}/],
  ['.000000', /^([.,]\d+)?/],
  ['Z07:00', /^(Z|[+-]\d{2}:\d{2})/],
]
/** The zero of Go's time, which stands for no time. */
export const ZERO_SECONDS = -62_135_596_800

/** Reads a time; one that is precise to the microsecond has six digits of them. */
export function moment(text: string, precise: Precision): Moment | NoMoment {
  const taken: string[] = []
  let rest = text
  for (const [element, form] of PARTS) {
    const found = form.exec(rest)?.[0]
    if (found === undefined || (element === '.000000' && precise === 'micros' && found.length !== 7)) {
      const why = `cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(element)}`
      const layout = JSON.stringify(LAYOUTS[precise])
      return { fault: `parsing time ${JSON.stringify(text)} as ${layout}: ${why}` }
    }
    taken.push(found)
    rest = rest.slice(found.length)
  }
  if (rest !== '') return { fault: `parsing time ${JSON.stringify(text)}: extra text: ${JSON.stringify(rest)}` }
  return inRange(text, taken)
}

function inRange(text: string, taken: readonly string[]): Moment | NoMoment {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = [0, 2, 4, 6, 8, 10].map(at =>
    Number(taken[at]),
  )
  const outside = (what: string): NoMoment => ({ fault: `parsing time ${JSON.stringify(text)}: ${what} out of range` })
  if (month < 1 || month > 12) return outside('month')
  if (hour > 23) return outside('hour')
  if (minute > 59) return outside('minute')
  if (second > 59) return outside('second')
  const start = new Date(0)
  start.setUTCFullYear(year, month - 1, day)
  if (day < 1 || start.getUTCMonth() !== month - 1) return outside('day')
  const seconds = start.getTime() / 1000 + hour * 3600 + minute * 60 + second - offsetOf(taken[12] ?? 'Z')
  const fraction = /[.,](\d+)/.exec(taken[11] ?? '')?.[1] ?? ''
  return { seconds, micros: Number(fraction.padEnd(6, '0').slice(0, 6)) }
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const span = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60
  return zone.startsWith('-') ? -span : span
}

const MOST_SECONDS = 253_402_300_799 // the end of the year 9999

/** A moment as Go writes it, to the second or to the microsecond; no text for no time. */
export function momentText({ seconds, micros }: Moment, precise: Precision): string | null {
  if ((seconds === ZERO_SECONDS && micros === 0) || seconds < ZERO_SECONDS || seconds > MOST_SECONDS) return null
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19)
  return precise === 'micros' ? `${whole}.${String(micros).padStart(6, '0')}Z` : `${whole}Z`
}
