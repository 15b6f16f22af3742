/** Formats that are numbers and codes written as text, as govalidator checks them. */

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/
const HEX_COLOR = /^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/
const CHANNEL = '\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*'
const RGB_COLOR = new RegExp(`^rgb\\(${CHANNEL},${CHANNEL},${CHANNEL}\\)$`)
const CARD =
  /^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|6(?:011|5\d\d)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:2131|1800|35\d{3})\d{11})$/

/** The empty text is no base64 here. */
export function isBase64(text: string): boolean {
  return BASE64.test(text)
}

export function isHexColor(text: string): boolean {
  return HEX_COLOR.test(text)
}

export function isRgbColor(text: string): boolean {
  return RGB_COLOR.test(text)
}

export function isObjectId(text: string): boolean {
  return /^[0-9a-fA-F]{24}$/.test(text)
}

/** Eleven characters, although the pattern would allow the dashes to be left out. */
export function isSsn(text: string): boolean {
  return text.length === 11 && /^\d{3}[- ]?\d{2}[- ]?\d{4}$/.test(text)
}

export function isIsbn10(text: string): boolean {
  const bare = text.replaceAll(/[\t\n\f\r -]+/g, '')
  if (!/^(?:\d{9}X|\d{10})$/.test(bare)) return false
  return sumOf(bare, (digit, at) => (at + 1 > 9 ? 10 : at + 1) * digit) % 11 === 0
}

export function isIsbn13(text: string): boolean {
  const bare = text.replaceAll(/[\t\n\f\r -]+/g, '')
  return /^\d{13}$/.test(bare) && sumOf(bare, (digit, at) => (at % 2 ? 3 : 1) * digit) % 10 === 0
}

/** The digits of a card of a known issuer, with a right last one (Luhn); all else between them is skipped. */
export function isCreditCard(text: string): boolean {
  const bare = text.replaceAll(/\D/g, '')
  if (!CARD.test(bare)) return false
  const fromEnd = [...bare].reverse().join('')
  return sumOf(fromEnd, (digit, at) => (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2)) % 10 === 0
}

function sumOf(digits: string, worth: (digit: number, at: number) => number): number {
  return [...digits].reduce((sum, letter, at) => sum + worth(letter === 'X' ? 10 : Number(letter), at), 0)
}
