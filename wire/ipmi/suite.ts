import { Reader } from '../bytes.ts'

/** What a codec needs of cryptography; handed in, since `wire` imports nothing. */
export interface Ciphers {
  hmac(digest: Digest, key: Uint8Array, data: Uint8Array): Uint8Array
  /** AES-128-CBC without padding of its own; lengths are multiples of 16. */
  encrypt(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array
  decrypt(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array
}

export type Digest = 'sha1' | 'sha256'

/** The algorithms of a session, agreed on by one number. §22.15.2, table 22-20 */
export interface Suite {
  readonly id: number
  readonly digest: Digest
  /** Numbers of the algorithms in Open Session: tables 13-17, 13-18, 13-19. */
  readonly authentication: number
  readonly integrity: number
  readonly confidentiality: number
  /** Length of the code at the end of each packet, and of the one in RAKP 4. §13.28.1, §13.28.4 */
  readonly codeLength: number
}

/** Every suite that is spoken, the best first. The others leave out encryption or stand on MD5 and RC4. */
export const SUITES: readonly Suite[] = [
  { id: 17, digest: 'sha256', authentication: 3, integrity: 4, confidentiality: 1, codeLength: 16 },
  { id: 3, digest: 'sha1', authentication: 1, integrity: 1, confidentiality: 1, codeLength: 12 },
]

const RECORD = { standard: 0xc0, oem: 0xc1 } as const // §22.15.1, table 22-19
const TAGS = 0xc0 // bits 7:6 of a byte within a record tell what it numbers

/** The ids of the standard suites in a BMC's list; makers' own records are passed over. */
export function suiteIds(records: Uint8Array): readonly number[] {
  const ids: number[] = []
  const reader = new Reader(records)
  while (reader.left > 0) {
    const first = reader.u8()
    if (first === RECORD.standard && reader.left > 0) ids.push(reader.u8())
    else if (first === RECORD.oem && reader.left >= 4) reader.take(4)
    else if ((first & TAGS) === TAGS) return ids // cut short, or unknown
  }
  return ids
}
