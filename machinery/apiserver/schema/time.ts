/** The formats date, date-time and duration (kube-openapi `strfmt`). */

const TIME = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$/
const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}
const INT64 = 2n ** 63n

/** A day of the calendar, `2006-01-02`. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = match.slice(1).map(Number)
  return isDay(year ?? 0, month ?? 0, day ?? 0)
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const longest = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return day >= 1 && day <= longest
}

export function isDateTime(text: string): boolean {
  const [day, time] = text.toLowerCase().split('t')
  if (day === undefined || time === undefined || !isDate(day)) return false
  const match = TIME.exec(time)
  return match !== null && (match[1] ?? '') <= '23' && (match[2] ?? '') <= '59' && (match[3] ?? '') <= '59'
}

export function isDuration(text: string): boolean {
  return durationOf(text) !== undefined
}

/** Nanoseconds of a duration as Go or Scala write it; none of what is no duration. */
export function durationOf(text: string): bigint | undefined {
  return goDuration(text) ?? scalaDuration(text)
}

/** `time.ParseDuration`: `-1h2.5m`. */
export function goDuration(text: string): bigint | undefined {
  const match = /^([+-]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text)
  if (!match) return undefined
  let nanos = 0n
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)) {
    const size = UNITS[unit] ?? 0n
    if (whole.length > 19) return undefined
    nanos += BigInt(whole) * size + (BigInt(fraction.slice(0, 18).padEnd(18, '0')) * size) / 10n ** 18n
  }
  if (match[1] === '-') return nanos > INT64 ? undefined : -nanos
  return nanos >= INT64 ? undefined : nanos
}

const WORDS: readonly (readonly [RegExp, bigint])[] = [
  [/^(ns$|nano)/, 1n],
  [/^(us$|µs$|micro)/, 1_000n],
  [/^(ms$|milli)/, 1_000_000n],
  [/^(s$|sec)/, 1_000_000_000n],
  [/^(m$|min)/, 60_000_000_000n],
  [/^(h$|hr$|hour)/, 3_600_000_000_000n],
  [/^(d$|day)/, 86_400_000_000_000n],
  [/^(w$|wk$|week)/, 604_800_000_000_000n],
]

/** Numbers with units, wherever they stand: `22 ns`, `3 weeks`. */
function scalaDuration(text: string): bigint | undefined {
  let nanos: bigint | undefined
  for (const [, factor = '', unit = ''] of text.matchAll(/(?<!\d)(\d+)\s*([A-Za-zµ]+)/g)) {
    if (factor.length > 19 || BigInt(factor) >= INT64) return undefined
    for (const [word, size] of WORDS) {
      if (word.test(unit.toLowerCase())) nanos = BigInt.asIntN(64, (nanos ?? 0n) + BigInt(factor) * size)
    }
  }
  return nanos
}
