import { Reader, Writer } from '../bytes.ts'
import { WireFault } from '../fault.ts'

/** What a payload of an IPMI 2.0 session carries. */
export const PAYLOAD = {
  message: 0x00, // §13.27.3
  openRequest: 0x10,
  openResponse: 0x11,
  rakp1: 0x12,
  rakp2: 0x13,
  rakp3: 0x14,
  rakp4: 0x15,
} as const

/** A message outside any session, as the question for a BMC's abilities is asked. §13.6 */
export interface OldPacket {
  readonly version: '1.5'
  readonly payload: Uint8Array
}

/** A packet of IPMI 2.0, its payload still sealed when it says so. §13.6 */
export interface NewPacket {
  readonly version: '2.0'
  readonly type: number
  readonly encrypted: boolean
  readonly authenticated: boolean
  /** The receiver's id of the session; 0 while there is none. */
  readonly session: number
  readonly sequence: number
  readonly payload: Uint8Array
  /** Everything from the session header to the end: what the integrity code covers, and the code itself. */
  readonly covered: Uint8Array
}

export type Packet = OldPacket | NewPacket

const RMCP = [0x06, 0x00, 0xff, 0x07] // §13.1.3: version, reserved, no acknowledge, class IPMI
const CLASS_MASK = 0x9f // §13.1.3: bit 7 marks an acknowledge, bits 4:0 are the class
const FORMAT = { none: 0x00, rmcpPlus: 0x06 } as const // §13.6: authentication type / format
const OEM_PAYLOAD = 0x02 // §13.27.3: six more bytes would follow
const TYPE_MASK = 0x3f
const ENCRYPTED = 0x80
const AUTHENTICATED = 0x40

export function decodePacket(bytes: Uint8Array): Packet {
  const reader = new Reader(bytes)
  const version = reader.u8()
  if (version !== RMCP[0]) throw new WireFault('wire/unsupported', `RMCP version ${version} is unknown`)
  reader.take(2)
  const kind = reader.u8() & CLASS_MASK
  if (kind !== RMCP[3]) throw new WireFault('wire/unsupported', `RMCP class ${kind} is not IPMI`)
  const start = reader.at
  const format = reader.u8()
  if (format === FORMAT.none) return decodeOld(reader)
  if (format === FORMAT.rmcpPlus) return decodeNew(reader, bytes.subarray(start))
  throw new WireFault('wire/unsupported', `authentication type ${format} is unknown`)
}

function decodeOld(reader: Reader): OldPacket {
  reader.take(8) // sequence and session: both 0 outside a session
  const payload = reader.take(reader.u8())
  // §13.6: some senders pad by one byte against an old network controller's bug.
  if (reader.left > 1) reader.end()
  return { version: '1.5', payload }
}

function decodeNew(reader: Reader, covered: Uint8Array): NewPacket {
  const first = reader.u8()
  const type = first & TYPE_MASK
  if (type === OEM_PAYLOAD) throw new WireFault('wire/unsupported', 'payloads of makers are unknown')
  const session = reader.u32le()
  const sequence = reader.u32le()
  const payload = reader.take(reader.u16le())
  const authenticated = (first & AUTHENTICATED) !== 0
  if (!authenticated) reader.end()
  return {
    version: '2.0',
    type,
    encrypted: (first & ENCRYPTED) !== 0,
    authenticated,
    session,
    sequence,
    payload,
    covered,
  }
}

export function encodeOld(payload: Uint8Array): Uint8Array {
  return new Writer().bytes(RMCP).u8(FORMAT.none).u32(0).u32(0).u8(payload.length).bytes(payload).done()
}

/** A packet of the handshake: no session yet, nothing sealed. */
export function encodeBare(type: number, payload: Uint8Array): Uint8Array {
  return join(headed({ type, session: 0, sequence: 0, flags: 0 }, payload))
}

interface Header {
  readonly type: number
  readonly session: number
  readonly sequence: number
  readonly flags: number
}

/** Session header and payload, from where the integrity code starts to count. */
export function headed(header: Header, payload: Uint8Array): Uint8Array {
  return new Writer()
    .u8(FORMAT.rmcpPlus)
    .u8(header.type | header.flags)
    .u32le(header.session)
    .u32le(header.sequence)
    .u16le(payload.length)
    .bytes(payload)
    .done()
}

export const SEALED = ENCRYPTED | AUTHENTICATED

/** Puts the RMCP header before everything else. */
export function join(covered: Uint8Array): Uint8Array {
  return new Writer().bytes(RMCP).bytes(covered).done()
}
