import { Reader, utf8, Writer } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import { SUITES, type Suite } from './suite.ts'

// The six packets that open a session: Open Session Request and Response, and RAKP messages 1 to 4.

/** Requested maximum privilege. §13.17, table 13-9 */
export const PRIVILEGE = { user: 2, operator: 3, administrator: 4 } as const
export type Privilege = keyof typeof PRIVILEGE

const NAME_ONLY = 0x10 // §13.20: look the user up by name, whatever the privilege
export const RANDOM_LENGTH = 16
const GUID_LENGTH = 16
const MOST_NAME = 16 // §13.20

/** How a packet of the handshake was refused; anything but 0. §13.24, table 13-15 */
export interface Refusal {
  readonly tag: number
  readonly status: number
}

export interface OpenRequest {
  readonly tag: number
  readonly console: number
  readonly suite: Suite
}

export interface OpenResponse {
  readonly tag: number
  readonly status: 0
  /** The highest that the session may have; some BMCs say 0. */
  readonly privilege: number
  readonly console: number
  readonly bmc: number
  readonly suite: Suite
}

/** §13.17. The privilege is left to the BMC (0: the highest the user may have). */
export function encodeOpenRequest({ tag, console, suite }: OpenRequest): Uint8Array {
  return new Writer().u8(tag).u8(0).u16(0).u32le(console).bytes(proposal(suite)).done()
}

export function decodeOpenRequest(bytes: Uint8Array): OpenRequest {
  const reader = new Reader(bytes)
  const tag = reader.u8()
  reader.take(3)
  return { tag, console: reader.u32le(), suite: readProposal(reader) }
}

/** §13.18 */
export function encodeOpenResponse(response: Omit<OpenResponse, 'status'>): Uint8Array {
  const { tag, privilege, console, bmc, suite } = response
  return new Writer().bytes([tag, 0, privilege, 0]).u32le(console).u32le(bmc).bytes(proposal(suite)).done()
}

export function decodeOpenResponse(bytes: Uint8Array): OpenResponse | Refusal {
  const reader = new Reader(bytes)
  const tag = reader.u8()
  const status = reader.u8()
  if (status !== 0) return { tag, status } // some send no more than that
  const privilege = reader.u8()
  reader.u8()
  return { tag, status, privilege, console: reader.u32le(), bmc: reader.u32le(), suite: readProposal(reader) }
}

/** Three payloads of eight bytes: type, reserved, length, algorithm, reserved. §13.17 */
function proposal({ authentication, integrity, confidentiality }: Suite): Uint8Array {
  const writer = new Writer()
  for (const [type, algorithm] of [authentication, integrity, confidentiality].entries()) {
    writer.bytes([type, 0, 0, 8, algorithm, 0, 0, 0])
  }
  return writer.done()
}

function readProposal(reader: Reader): Suite {
  const [authentication, integrity, confidentiality] = [0, 1, 2].map(() => reader.take(8)[4])
  const suite = SUITES.find(
    ({ authentication: a, integrity: i, confidentiality: c }) =>
      a === authentication && i === integrity && c === confidentiality,
  )
  if (suite) return suite
  throw new WireFault(
    'wire/unsupported',
    `algorithms ${authentication}, ${integrity}, ${confidentiality} are not spoken`,
  )
}

export interface Rakp1 {
  readonly tag: number
  readonly bmc: number
  readonly random: Uint8Array
  /** The byte as it stands in the packet: it is signed too. */
  readonly role: number
  readonly user: string
}

export function roleOf(privilege: Privilege): number {
  return NAME_ONLY | PRIVILEGE[privilege]
}

/** §13.20 */
export function encodeRakp1({ tag, bmc, random, role, user }: Rakp1): Uint8Array {
  const name = utf8.encode(user)
  if (name.length > MOST_NAME)
    throw new WireFault('wire/invalid', `a user name has at most ${MOST_NAME} bytes: ${user}`)
  return new Writer()
    .bytes([tag, 0, 0, 0])
    .u32le(bmc)
    .padded(random, RANDOM_LENGTH)
    .bytes([role, 0, 0, name.length])
    .bytes(name)
    .done()
}

export function decodeRakp1(bytes: Uint8Array): Rakp1 {
  const reader = new Reader(bytes)
  const tag = reader.u8()
  reader.take(3)
  const bmc = reader.u32le()
  const random = reader.take(RANDOM_LENGTH)
  const role = reader.u8()
  reader.take(2)
  return { tag, bmc, random, role, user: utf8.decode(reader.take(reader.u8())) }
}

export interface Rakp2 {
  readonly tag: number
  readonly status: 0
  readonly console: number
  readonly random: Uint8Array
  readonly guid: Uint8Array
  readonly code: Uint8Array
}

/** §13.21 */
export function encodeRakp2({ tag, console, random, guid, code }: Omit<Rakp2, 'status'>): Uint8Array {
  return new Writer()
    .bytes([tag, 0, 0, 0])
    .u32le(console)
    .padded(random, RANDOM_LENGTH)
    .padded(guid, GUID_LENGTH)
    .bytes(code)
    .done()
}

export function decodeRakp2(bytes: Uint8Array): Rakp2 | Refusal {
  const reader = new Reader(bytes)
  const tag = reader.u8()
  const status = reader.u8()
  if (status !== 0) return { tag, status }
  reader.take(2)
  const console = reader.u32le()
  const random = reader.take(RANDOM_LENGTH)
  return { tag, status, console, random, guid: reader.take(GUID_LENGTH), code: reader.rest() }
}

export interface Coded {
  readonly tag: number
  readonly status: 0
  /** The receiver's id of the session. */
  readonly session: number
  readonly code: Uint8Array
}

/** RAKP 3 and 4 have one shape: §13.22, §13.23. */
export function encodeCoded({ tag, session, code }: Omit<Coded, 'status'>): Uint8Array {
  return new Writer().bytes([tag, 0, 0, 0]).u32le(session).bytes(code).done()
}

export function decodeCoded(bytes: Uint8Array): Coded | Refusal {
  const reader = new Reader(bytes)
  const tag = reader.u8()
  const status = reader.u8()
  if (status !== 0) return { tag, status }
  reader.take(2)
  return { tag, status, session: reader.u32le(), code: reader.rest() }
}

export function encodeRefusal({ tag, status }: Refusal): Uint8Array {
  return new Writer().bytes([tag, status, 0, 0]).done()
}
