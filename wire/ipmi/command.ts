import { Reader, Writer } from '../bytes.ts'
import { PRIVILEGE, type Privilege } from './handshake.ts'
import type { Request } from './message.ts'

/** Network functions. §5.1, table 5-1 */
export const NET_FN = { chassis: 0x00, app: 0x06 } as const

/** A command: what it is called in logs, how it is asked, and how its answer is read. */
export interface Command<T> {
  readonly name: string
  readonly request: Request
  readonly decode: (data: Uint8Array) => T
}

/** Numbers of the commands. Appendix G */
export const COMMAND = {
  getDeviceId: 0x01,
  getAuthCapabilities: 0x38,
  setSessionPrivilege: 0x3b,
  closeSession: 0x3c,
  getCipherSuites: 0x54,
  getChassisStatus: 0x01,
  chassisControl: 0x02,
  setBootOptions: 0x08,
  getBootOptions: 0x09,
} as const

const THIS_CHANNEL = 0x0e // §6.3: the channel that the request comes by
const nothing = () => undefined

export interface AuthCapabilities {
  readonly channel: number
  /** Whether it speaks IPMI 2.0 sessions. */
  readonly rmcpPlus: boolean
}

/** §22.13 */
export const getAuthCapabilities: Command<AuthCapabilities> = {
  name: 'Get Channel Authentication Capabilities',
  request: {
    netFn: NET_FN.app,
    command: COMMAND.getAuthCapabilities,
    data: Uint8Array.of(0x80 | THIS_CHANNEL, PRIVILEGE.administrator), // bit 7: with the fields of IPMI 2.0
  },
  decode: data => {
    const reader = new Reader(data)
    const channel = reader.u8()
    const extended = (reader.u8() & 0x80) !== 0
    reader.u8()
    return { channel, rmcpPlus: extended && (reader.u8() & 0x02) !== 0 }
  },
}

export function encodeAuthCapabilities({ channel, rmcpPlus }: AuthCapabilities): Uint8Array {
  return Uint8Array.of(channel, rmcpPlus ? 0x80 : 0x00, 0x06, rmcpPlus ? 0x03 : 0x01, 0, 0, 0, 0)
}

/** One sixteenth of the list of cipher suites; fewer than sixteen bytes are the last. §22.15 */
export function getCipherSuites(index: number): Command<Uint8Array> {
  return {
    name: 'Get Channel Cipher Suites',
    request: {
      netFn: NET_FN.app,
      command: COMMAND.getCipherSuites,
      data: Uint8Array.of(THIS_CHANNEL, 0x00, 0x80 | (index & 0x3f)), // payload type IPMI; bit 7: list by suite
    },
    decode: data => data.subarray(1),
  }
}

export const CIPHER_LIST_STEP = 16

/** §22.18. Answers the privilege it now has. */
export function setSessionPrivilege(privilege: Privilege): Command<number> {
  return {
    name: 'Set Session Privilege Level',
    request: { netFn: NET_FN.app, command: COMMAND.setSessionPrivilege, data: Uint8Array.of(PRIVILEGE[privilege]) },
    decode: data => new Reader(data).u8(),
  }
}

/** §22.19 */
export function closeSession(session: number): Command<undefined> {
  const data = new Writer().u32le(session).done()
  return {
    name: 'Close Session',
    request: { netFn: NET_FN.app, command: COMMAND.closeSession, data },
    decode: nothing,
  }
}

export interface DeviceId {
  readonly id: number
  readonly revision: number
  /** For example 9.08. */
  readonly firmware: string
  /** For example 2.0. */
  readonly ipmi: string
  /** IANA enterprise number. */
  readonly manufacturer: number
  readonly product: number
}

/** §20.1 */
export const getDeviceId: Command<DeviceId> = {
  name: 'Get Device ID',
  request: { netFn: NET_FN.app, command: COMMAND.getDeviceId, data: new Uint8Array() },
  decode: data => {
    const reader = new Reader(data)
    const id = reader.u8()
    const revision = reader.u8() & 0x0f
    const major = reader.u8() & 0x7f
    const minor = reader.u8().toString(16).padStart(2, '0') // packed decimal
    const version = reader.u8() // packed decimal, low digit first
    reader.u8()
    const manufacturer = reader.u16le() | ((reader.u8() & 0x0f) << 16)
    return {
      id,
      revision,
      firmware: `${major}.${minor}`,
      ipmi: `${version & 0x0f}.${version >> 4}`,
      manufacturer,
      product: reader.u16le(),
    }
  },
}
