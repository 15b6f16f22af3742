import { Writer } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import { type Keys, sameBytes } from './keys.ts'
import { headed, join, type NewPacket, PAYLOAD, SEALED } from './packet.ts'
import type { Ciphers, Suite } from './suite.ts'

/** What seals and opens the packets of one session. */
export interface Seal {
  readonly suite: Suite
  readonly keys: Keys
  readonly ciphers: Ciphers
}

export interface Sealed {
  /** The receiver's id of the session. */
  readonly session: number
  readonly sequence: number
  readonly message: Uint8Array
  /** Sixteen random bytes, new for each packet. */
  readonly iv: Uint8Array
}

const BLOCK = 16
const NEXT_HEADER = 0x07 // §13.6

/** An IPMI message, encrypted and signed. §13.28.4, §13.29 */
export function sealPacket({ session, sequence, message, iv }: Sealed, { suite, keys, ciphers }: Seal): Uint8Array {
  const encrypted = ciphers.encrypt(keys.encryption, iv, padded(message))
  const payload = new Writer().bytes(iv).bytes(encrypted).done()
  const header = { type: PAYLOAD.message, flags: SEALED, session, sequence }
  const body = new Writer().bytes(headed(header, payload))
  // §13.6: as many 0xff as make the signed part, with its last two bytes, a multiple of four.
  const pad = -(body.length + 2) & 3
  body.bytes(new Uint8Array(pad).fill(0xff)).u8(pad).u8(NEXT_HEADER)
  const signed = body.done()
  const code = ciphers.hmac(suite.digest, keys.integrity, signed).subarray(0, suite.codeLength)
  return join(body.bytes(code).done())
}

/** The message of a packet, its code checked before anything else is believed. */
export function openPacket(packet: NewPacket, { suite, keys, ciphers }: Seal): Uint8Array {
  if (!packet.authenticated || !packet.encrypted) {
    throw new WireFault('wire/invalid', 'a packet of the session is not signed and encrypted')
  }
  const { covered } = packet
  const end = covered.length - suite.codeLength
  if (end < 0) throw new WireFault('wire/truncated', 'the packet stops before its code')
  const code = ciphers.hmac(suite.digest, keys.integrity, covered.subarray(0, end)).subarray(0, suite.codeLength)
  if (!sameBytes(code, covered.subarray(end))) {
    throw new WireFault('wire/invalid', 'the integrity code of the packet is wrong')
  }
  return decrypted(packet.payload, keys, ciphers)
}

/** §13.29: bytes 1, 2, 3 ... and their number fill the last block. */
function padded(message: Uint8Array): Uint8Array {
  const pad = -(message.length + 1) & (BLOCK - 1)
  const writer = new Writer().bytes(message)
  for (let byte = 1; byte <= pad; byte++) writer.u8(byte)
  return writer.u8(pad).done()
}

function decrypted(payload: Uint8Array, keys: Keys, ciphers: Ciphers): Uint8Array {
  const sealed = payload.subarray(BLOCK)
  if (sealed.length === 0 || sealed.length % BLOCK !== 0) {
    throw new WireFault('wire/truncated', `${payload.length} bytes are no vector and whole blocks`)
  }
  const plain = ciphers.decrypt(keys.encryption, payload.subarray(0, BLOCK), sealed)
  const pad = plain[plain.length - 1] ?? 0
  if (pad >= BLOCK) throw new WireFault('wire/invalid', `a padding of ${pad} bytes is longer than a block`)
  return plain.subarray(0, plain.length - 1 - pad)
}
