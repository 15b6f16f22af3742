import { Buffer } from 'node:buffer'
import { utf8 } from '../../../../wire/bytes.ts'
import { FunctionFault } from '../fault.ts'
import { any, type Functions, fn, text } from '../function.ts'
import type { Value } from '../value.ts'
import { jsonText } from './json.ts'

/** Sprig's encodings (sprig strings.go, defaults.go). */
export const ENCODING: Functions = {
  b64enc: fn([text], ([value]) => Buffer.from(value).toString('base64')),
  b64dec: fn([text], ([value]) => {
    const bytes = Buffer.from(value, 'base64')
    if (bytes.toString('base64') === value.replaceAll(/[\r\n]/g, '')) return utf8.decode(bytes)
    return 'illegal base64 data' // Sprig gives the error as the text
  }),
  b32enc: fn([text], ([value]) => base32(utf8.encode(value))),
  b32dec: fn([text], ([value]) => fromBase32(value)),
  toJson: fn([any], ([value], limits) => jsonText(value, limits, { html: true })),
  mustToJson: fn([any], ([value], limits) => jsonText(value, limits, { html: true })),
  toRawJson: fn([any], ([value], limits) => jsonText(value, limits, {})),
  mustToRawJson: fn([any], ([value], limits) => jsonText(value, limits, {})),
  toPrettyJson: fn([any], ([value], limits) => jsonText(value, limits, { html: true, indent: '  ' })),
  mustToPrettyJson: fn([any], ([value], limits) => jsonText(value, limits, { html: true, indent: '  ' })),
  fromJson: fn([text], ([value]) => parsed(value) ?? null),
  mustFromJson: fn([text], ([value]) => {
    const json = parsed(value)
    if (json === undefined) throw new FunctionFault('template/function', 'the text is not JSON')
    return json
  }),
}

function parsed(json: string): Value | undefined {
  try {
    return ofJson(JSON.parse(json))
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined
    throw fault
  }
}

/** Go's encoding/json makes every number a float64. */
function ofJson(json: unknown): Value {
  if (Array.isArray(json)) return json.map(ofJson)
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') return json
  if (typeof json !== 'object' || json === null) return null
  return new Map(Object.entries(json).map(([key, value]) => [key, ofJson(value)]))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 §6. */
function base32(bytes: Uint8Array): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  const digits = (bits.match(/.{1,5}/g) ?? []).map(five => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)])
  return digits.join('').padEnd(Math.ceil(digits.length / 8) * 8, '=')
}

function fromBase32(value: string): string {
  const digits = value.replace(/=+$/, '')
  if (!/^[A-Z2-7]*$/.test(digits) || value.length % 8 !== 0) return 'illegal base32 data'
  const bits = Array.from(digits, digit => ALPHABET.indexOf(digit).toString(2).padStart(5, '0')).join('')
  return utf8.decode(Uint8Array.from(bits.match(/.{8}/g) ?? [], eight => Number.parseInt(eight, 2)))
}
