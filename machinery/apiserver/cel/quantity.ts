import { DECIMAL } from '../builtin/quantity.ts'
import { QUANTITY } from './type.ts'
import { Failure, type Opaque, type Value } from './value.ts'

const POWERS_OF_2: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n }
const TEXT = /^([+-]?)(\d*)(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]?|[eE][+-]?\d{1,3})$/
const FORMAT_FAULT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
const INT64 = 2n ** 63n

/** An amount of a resource, exactly: `digits` / 10^`scale` (apimachinery `resource.Quantity`). */
export class Quantity implements Opaque {
  readonly opaque = QUANTITY.name
  readonly digits: bigint
  readonly scale: number

  constructor(digits: bigint, scale: number) {
    this.digits = digits
    this.scale = scale
  }

  equals(other: Value): boolean {
    return other instanceof Quantity && this.compare(other) === 0
  }

  compare(other: Quantity): number {
    const [a, b] = aligned(this, other)
    return a < b ? -1 : a > b ? 1 : 0
  }

  plus(other: Quantity): Quantity {
    const [a, b] = aligned(this, other)
    return new Quantity(a + b, Math.max(this.scale, other.scale))
  }

  /** Nothing where there is a fraction, or more than an int holds. */
  get whole(): bigint | undefined {
    const part = 10n ** BigInt(Math.max(this.scale, 0))
    if (this.digits % part !== 0n) return undefined
    const whole = this.digits / part
    return whole < INT64 && whole >= -INT64 ? whole : undefined
  }
}

function aligned(a: Quantity, b: Quantity): [bigint, bigint] {
  const scale = Math.max(a.scale, b.scale)
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale)]
}

export function isQuantityText(text: string): boolean {
  return quantityFrom(text) instanceof Quantity
}

export function quantityFrom(text: string): Quantity | Failure {
  const match = text.length > 200 ? null : TEXT.exec(text)
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match ?? []
  if (!match || whole + fraction === '') return new Failure(FORMAT_FAULT)
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`)
  const binary = POWERS_OF_2[suffix]
  if (binary !== undefined) return normal(digits << binary, fraction.length)
  const exponent = /^[eE][+-]?\d/.test(suffix) ? Number(suffix.slice(1)) : (DECIMAL[suffix] ?? 0)
  return normal(digits, fraction.length - exponent)
}

/** With a scale of at least 0 and at most 9: finer amounts are rounded up, away from zero. */
function normal(digits: bigint, scale: number): Quantity {
  if (scale <= 0) return new Quantity(digits * 10n ** BigInt(-scale), 0)
  if (scale <= 9) return new Quantity(digits, scale)
  const part = 10n ** BigInt(scale - 9)
  const rest = digits % part
  return new Quantity(digits / part + (rest === 0n ? 0n : digits < 0n ? -1n : 1n), 9)
}
