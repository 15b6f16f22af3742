// Quantities as Kubernetes writes them (apimachinery `api/resource`): a number and a suffix, in one canonical form.

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/
/** Powers of ten, by their suffixes. */
export const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}
const BINARY: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const MOST_DIGITS = 64
const MOST_EXPONENT = 100

/** A quantity that cannot be read, in Go's words. */
export interface NoQuantity {
  readonly fault: string
}

const FORMAT_WRONG: NoQuantity = {
  fault: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
}
const NO_SUFFIX: NoQuantity = { fault: "unable to parse quantity's suffix" }
const NO_NUMBER: NoQuantity = { fault: 'unable to parse numeric part of quantity' }

/** The canonical form of a quantity. */
export function quantity(text: string): string | NoQuantity {
  const [, sign = '', whole = '', fraction = '', suffix = ''] = FORM.exec(text) ?? []
  if (text === '' || !FORM.test(text)) return FORMAT_WRONG
  if (whole.length + fraction.length > MOST_DIGITS) return NO_NUMBER
  const digits = BigInt(`${whole}${fraction}` || '0') * (sign === '-' ? -1n : 1n)
  const binary = BINARY.indexOf(suffix)
  if (binary > 0) return binaryForm(digits * 1024n ** BigInt(binary), fraction.length)
  const named = Object.hasOwn(DECIMAL, suffix) ? DECIMAL[suffix] : undefined
  const exponent = named ?? (/^[eE][-+]?\d+$/.test(suffix) ? Number(suffix.slice(1)) : undefined)
  if (exponent === undefined) return NO_SUFFIX
  if (Math.abs(exponent) > MOST_EXPONENT) return NO_NUMBER
  return decimalForm({ digits, exponent: exponent - fraction.length }, named === undefined)
}

type Decimal = { readonly digits: bigint; readonly exponent: number }

function binaryForm(scaled: bigint, places: number): string {
  const unit = 10n ** BigInt(places)
  const small = magnitude(scaled) < 1024n * unit
  // Where whole numbers would lose something, or there is no prefix to use, it is shown as a decimal.
  if (small || scaled % unit !== 0n) return decimalForm({ digits: scaled, exponent: -places }, false)
  let value = scaled / unit
  let power = 0
  while (value !== 0n && value % 1024n === 0n && power < BINARY.length - 1) {
    value /= 1024n
    power++
  }
  return `${value}${BINARY[power]}`
}

function decimalForm(given: Decimal, scientific: boolean): string {
  if (given.digits === 0n) return '0'
  let { digits, exponent } = rounded(given)
  while (digits % 10n === 0n) {
    digits /= 10n
    exponent++
  }
  while (exponent % 3 !== 0) {
    digits *= 10n
    exponent--
  }
  if (scientific) return `${digits}${exponent === 0 ? '' : `e${exponent}`}`
  const suffix = Object.entries(DECIMAL).find(([, power]) => power === exponent)?.[0] ?? ''
  return `${digits}${suffix}`
}

/** Nothing is smaller than a nano: what is, is rounded away from zero. */
function rounded({ digits, exponent }: Decimal): Decimal {
  if (exponent >= -9) return { digits, exponent }
  const unit = 10n ** BigInt(-9 - exponent)
  const up = (magnitude(digits) + unit - 1n) / unit
  return { digits: digits < 0n ? -up : up, exponent: -9 }
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}
