import type { Table } from '../function.ts'
import { type Calendar, calendarOf } from '../time.ts'
import { type Duration, Failure, type Timestamp, type Value } from '../value.ts'

const FIELDS: readonly (readonly [string, (calendar: Calendar) => number])[] = [
  ['getFullYear', one => one.year],
  ['getMonth', one => one.month],
  ['getDayOfYear', one => one.yearDay],
  ['getDayOfMonth', one => one.day - 1],
  ['getDate', one => one.day],
  ['getDayOfWeek', one => one.weekday],
  ['getHours', one => one.hours],
  ['getMinutes', one => one.minutes],
  ['getSeconds', one => one.seconds],
  ['getMilliseconds', one => one.millis],
]

function ofCalendar([name, field]: (typeof FIELDS)[number]): Table {
  const run = (time: Timestamp, zone = 'UTC'): Value => {
    const calendar = calendarOf(time, zone)
    return calendar ? BigInt(field(calendar)) : new Failure(`unknown time zone ${zone}`)
  }
  return [
    [`.${name}(timestamp) int`, run],
    [`.${name}(timestamp, string) int`, run],
  ]
}

/** Parts of times in a time zone, and durations in whole units. */
export const TIMES: Table = [
  ...FIELDS.flatMap(ofCalendar),
  ['.getHours(duration) int', (a: Duration) => a.nanos / 3_600_000_000_000n],
  ['.getMinutes(duration) int', (a: Duration) => a.nanos / 60_000_000_000n],
  ['.getSeconds(duration) int', (a: Duration) => a.nanos / 1_000_000_000n],
  ['.getMilliseconds(duration) int', (a: Duration) => a.nanos / 1_000_000n],
]
