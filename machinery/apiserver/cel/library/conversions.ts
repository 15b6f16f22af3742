import { floatText } from '../../schema/gotext.ts'
import { goDuration, isDateTime } from '../../schema/time.ts'
import type { Table } from '../function.ts'
import { durationText, timestampFrom, timestampText } from '../time.ts'
import { type Duration, Failure, type Timestamp, TypeValue, typeName, Uint, type Value } from '../value.ts'
import { asDuration, asInt, asTime, asUint } from './operators.ts'

const BOOLS: Readonly<Record<string, boolean>> = {
  '1': true,
  t: true,
  T: true,
  true: true,
  TRUE: true,
  True: true,
  '0': false,
  f: false,
  F: false,
  false: false,
  FALSE: false,
  False: false,
}

function toBool(text: string): Value {
  const bool = Object.hasOwn(BOOLS, text) ? BOOLS[text] : undefined
  return bool ?? unreadable('bool')
}

function wholeFrom(text: string, sign: RegExp): bigint | undefined {
  return sign.test(text) && text.length < 40 ? BigInt(text.replace('+', '')) : undefined
}

function unreadable(type: string): Failure {
  return new Failure(`type conversion error from 'string' to '${type}'`)
}

function intFromText(text: string): Value {
  const whole = wholeFrom(text, /^[+-]?\d+$/)
  const fits = whole === undefined ? undefined : asInt(whole)
  return fits === undefined || fits instanceof Failure ? unreadable('int') : fits
}

function uintFromText(text: string): Value {
  const whole = wholeFrom(text, /^\d+$/)
  const fits = whole === undefined ? undefined : asUint(whole)
  return fits === undefined || fits instanceof Failure ? unreadable('uint') : fits
}

function doubleFromText(text: string): Value {
  if (/^[+-]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return Number.NaN
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text)
  return unreadable('double')
}

const MOST = 2 ** 63

function intFromDouble(value: number): Value {
  return value > -MOST && value < MOST ? BigInt(Math.trunc(value)) : new Failure('integer overflow')
}

function uintFromDouble(value: number): Value {
  return value > -1 && value < 2 ** 64 ? new Uint(BigInt(Math.trunc(value))) : new Failure('unsigned integer overflow')
}

function textFromBytes(bytes: Uint8Array): Value {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return new Failure('invalid UTF-8 in bytes, cannot convert to string')
    throw error
  }
}

function timeFromText(text: string): Value {
  const time = isDateTime(text) ? timestampFrom(text) : undefined
  return time ? asTime(time.nanos) : unreadable('google.protobuf.Timestamp')
}

function durationFromText(text: string): Value {
  const nanos = goDuration(text)
  return nanos === undefined ? unreadable('google.protobuf.Duration') : asDuration(nanos)
}

const SECOND = 1_000_000_000n

/** How values of one type become those of another (cel-go `common/stdlib`). */
export const CONVERSIONS: Table = [
  ['bool(bool) bool', (a: boolean) => a],
  ['bool(string) bool', toBool],
  ['bytes(bytes) bytes', (a: Uint8Array) => a],
  ['bytes(string) bytes', (a: string) => new TextEncoder().encode(a)],
  ['double(double) double', (a: number) => a],
  ['double(int) double', (a: bigint) => Number(a)],
  ['double(string) double', doubleFromText],
  ['double(uint) double', (a: Uint) => Number(a.value)],
  ['duration(duration) duration', (a: Duration) => a],
  ['duration(int) duration', (a: bigint) => asDuration(a)],
  ['duration(string) duration', durationFromText],
  ['dyn(T) dyn', (a: Value) => a],
  ['int(int) int', (a: bigint) => a],
  ['int(double) int', intFromDouble],
  ['int(duration) int', (a: Duration) => a.nanos],
  ['int(string) int', intFromText],
  ['int(timestamp) int', (a: Timestamp) => (a.nanos - (((a.nanos % SECOND) + SECOND) % SECOND)) / SECOND],
  ['int(uint) int', (a: Uint) => asInt(a.value)],
  ['string(string) string', (a: string) => a],
  ['string(bool) string', (a: boolean) => String(a)],
  ['string(bytes) string', textFromBytes],
  ['string(double) string', (a: number) => floatText(a)],
  ['string(duration) string', (a: Duration) => durationText(a)],
  ['string(int) string', (a: bigint) => String(a)],
  ['string(timestamp) string', (a: Timestamp) => timestampText(a)],
  ['string(uint) string', (a: Uint) => String(a.value)],
  ['timestamp(timestamp) timestamp', (a: Timestamp) => a],
  ['timestamp(int) timestamp', (a: bigint) => asTime(a * SECOND)],
  ['timestamp(string) timestamp', timeFromText],
  ['type(T) type<T>', (a: Value) => new TypeValue(typeName(a))],
  ['uint(uint) uint', (a: Uint) => a],
  ['uint(double) uint', uintFromDouble],
  ['uint(int) uint', (a: bigint) => asUint(a)],
  ['uint(string) uint', uintFromText],
]
