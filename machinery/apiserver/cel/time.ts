import { type Duration, Timestamp } from './value.ts'

const SECOND = 1_000_000_000n
const TIME = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:[.,](\d+))?(?:[Zz]|([+-]\d{2}:\d{2}))$/

/** RFC 3339, to the nanosecond. */
export function timestampFrom(text: string): Timestamp | undefined {
  const match = TIME.exec(text)
  if (!match) return undefined
  const [, day, time, fraction = '', offset = 'Z'] = match
  const millis = Date.parse(`${day}T${time}${offset}`)
  if (Number.isNaN(millis)) return undefined
  return new Timestamp(BigInt(millis) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0')))
}

/** RFC 3339 in UTC, with as many digits of the second as there are. */
export function timestampText({ nanos }: Timestamp): string {
  const part = ((nanos % SECOND) + SECOND) % SECOND
  const whole = new Date(Number((nanos - part) / 1_000_000n)).toISOString().slice(0, 19)
  return `${whole}${fractionText(part)}Z`
}

/** Seconds and their fraction. */
export function durationText({ nanos }: Duration): string {
  const size = nanos < 0n ? -nanos : nanos
  return `${nanos < 0n ? '-' : ''}${size / SECOND}${fractionText(size % SECOND)}s`
}

function fractionText(nanos: bigint): string {
  return nanos === 0n ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`
}

export interface Calendar {
  readonly year: number
  /** From 0. */
  readonly month: number
  /** From 1. */
  readonly day: number
  /** From 0, which is Sunday. */
  readonly weekday: number
  /** From 0. */
  readonly yearDay: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
  readonly millis: number
}

/** What a clock and a calendar in a time zone show; nothing for a zone that is none. */
export function calendarOf({ nanos }: Timestamp, zone: string): Calendar | undefined {
  const offset = offsetOf(nanos, zone)
  if (offset === undefined) return undefined
  const part = ((nanos % 1_000_000n) + 1_000_000n) % 1_000_000n
  const millis = Number((nanos - part) / 1_000_000n) + offset
  const date = new Date(millis)
  const year = date.getUTCFullYear()
  const newYear = new Date(0)
  newYear.setUTCFullYear(year, 0, 1)
  return {
    year,
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((millis - newYear.getTime()) / 86_400_000),
    hours: date.getUTCHours(),
    minutes: date.getUTCMinutes(),
    seconds: date.getUTCSeconds(),
    millis: date.getUTCMilliseconds(),
  }
}

const FIXED = /^([+-])?(\d{2}):(\d{2})$/

/** Milliseconds that the zone is ahead of UTC at that time. */
function offsetOf(nanos: bigint, zone: string): number | undefined {
  if (zone === '' || zone === 'UTC') return 0
  const fixed = FIXED.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3])) * 60_000
  const millis = Number(nanos / 1_000_000n)
  const parts = zoneParts(millis, zone)
  return parts === undefined ? undefined : parts - Math.floor(millis / 1000) * 1000
}

function zoneParts(millis: number, timeZone: string): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    const parts = Object.fromEntries(format.formatToParts(millis).map(({ type, value }) => [type, Number(value)]))
    return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second)
  } catch (error) {
    if (error instanceof RangeError) return undefined // no such zone
    throw error
  }
}
