import { type Codec, ipv4, listOf, oneOf, raw, text, u8, u16, u32 } from '../value.ts'
import { domainNames } from './names.ts'
import type { Options } from './options.ts'
import { classlessRoutes } from './routes.ts'
import { userClass } from './user-class.ts'

/** One option as a typed question. */
export interface Field<T> {
  readonly code: number
  readonly value: Codec<T>
}

const MESSAGE = {
  1: 'discover',
  2: 'offer',
  3: 'request',
  4: 'decline',
  5: 'ack',
  6: 'nak',
  7: 'release',
  8: 'inform',
} as const
export type MessageType = (typeof MESSAGE)[keyof typeof MESSAGE]

const addresses = listOf(ipv4, 4)

export const FIELD = {
  subnetMask: { code: 1, value: ipv4 }, // RFC 2132 §3.3
  routers: { code: 3, value: addresses }, // RFC 2132 §3.5
  nameServers: { code: 6, value: addresses }, // RFC 2132 §3.8
  logServers: { code: 7, value: addresses }, // RFC 2132 §3.9
  hostName: { code: 12, value: text }, // RFC 2132 §3.14
  domainName: { code: 15, value: text }, // RFC 2132 §3.17
  interfaceMtu: { code: 26, value: u16 }, // RFC 2132 §5.1
  broadcastAddress: { code: 28, value: ipv4 }, // RFC 2132 §5.3
  timeServers: { code: 42, value: addresses }, // RFC 2132 §8.3
  vendor: { code: 43, value: raw }, // RFC 2132 §8.4: sub-options
  requestedAddress: { code: 50, value: ipv4 }, // RFC 2132 §9.1
  leaseTime: { code: 51, value: u32 }, // RFC 2132 §9.2, seconds
  overload: { code: 52, value: u8 }, // RFC 2132 §9.3
  messageType: { code: 53, value: oneOf(MESSAGE) }, // RFC 2132 §9.6
  serverId: { code: 54, value: ipv4 }, // RFC 2132 §9.7
  parameters: { code: 55, value: listOf(u8, 1) }, // RFC 2132 §9.8
  message: { code: 56, value: text }, // RFC 2132 §9.9
  maxMessageSize: { code: 57, value: u16 }, // RFC 2132 §9.10
  renewalTime: { code: 58, value: u32 }, // RFC 2132 §9.11, T1, seconds
  rebindingTime: { code: 59, value: u32 }, // RFC 2132 §9.12, T2, seconds
  vendorClass: { code: 60, value: text }, // RFC 2132 §9.13
  clientId: { code: 61, value: raw }, // RFC 2132 §9.14
  tftpServer: { code: 66, value: text }, // RFC 2132 §9.4
  bootFile: { code: 67, value: text }, // RFC 2132 §9.5
  userClass: { code: 77, value: userClass }, // RFC 3004, and as iPXE sends it
  relayAgent: { code: 82, value: raw }, // RFC 3046: sub-options
  clientArch: { code: 93, value: listOf(u16, 2) }, // RFC 4578 §2.1
  clientInterface: { code: 94, value: raw }, // RFC 4578 §2.2
  clientGuid: { code: 97, value: raw }, // RFC 4578 §2.3: a type byte and 16 bytes
  domainSearch: { code: 119, value: domainNames }, // RFC 3397
  classlessRoutes: { code: 121, value: classlessRoutes }, // RFC 3442
  ipxe: { code: 175, value: raw }, // iPXE's own: sub-options
} as const satisfies Record<string, Field<never> | Field<unknown>>

/** The value of a field, `undefined` where the packet has none; throws a WireFault for bytes that do not mean one. */
export function ask<T>(options: Options, field: Field<T>): T | undefined {
  const bytes = options.get(field.code)
  return bytes && field.value.decode(bytes)
}

/** An option ready to be put into a packet; none for an undefined value. */
export function option<T>(field: Field<T>, value: T | undefined): readonly (readonly [number, Uint8Array])[] {
  return value === undefined ? [] : [[field.code, field.value.encode(value)]]
}
