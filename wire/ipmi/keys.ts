import { utf8, Writer } from '../bytes.ts'
import type { Rakp1 } from './handshake.ts'
import type { Ciphers, Suite } from './suite.ts'

/** What both sides know once RAKP 1 and 2 were exchanged. */
export interface Exchange {
  readonly suite: Suite
  readonly console: number
  readonly bmc: number
  readonly consoleRandom: Uint8Array
  readonly bmcRandom: Uint8Array
  readonly guid: Uint8Array
  readonly role: Rakp1['role']
  readonly user: string
  /** The password in bytes; longer than MOST_PASSWORD is refused before it comes here. */
  readonly password: Uint8Array
}

export interface Keys {
  /** Signs packets. */
  readonly integrity: Uint8Array
  /** Encrypts them. */
  readonly encryption: Uint8Array
}

/** §22.30: user passwords of IPMI 2.0. */
export const MOST_PASSWORD = 20

/** The code in RAKP 2, by which the BMC shows that it knows the password. §13.31 */
export function bmcCode(exchange: Exchange, ciphers: Ciphers): Uint8Array {
  const data = new Writer()
    .u32le(exchange.console)
    .u32le(exchange.bmc)
    .bytes(exchange.consoleRandom)
    .bytes(exchange.bmcRandom)
    .bytes(exchange.guid)
    .bytes(asked(exchange))
  return ciphers.hmac(exchange.suite.digest, exchange.password, data.done())
}

/** The code in RAKP 3, by which the console shows the same. §13.31 */
export function consoleCode(exchange: Exchange, ciphers: Ciphers): Uint8Array {
  const data = new Writer().bytes(exchange.bmcRandom).u32le(exchange.console).bytes(asked(exchange))
  return ciphers.hmac(exchange.suite.digest, exchange.password, data.done())
}

/** Session Integrity Key: everything else is derived from it. §13.31. No separate key Kg is used. */
export function sessionKey(exchange: Exchange, ciphers: Ciphers): Uint8Array {
  const data = new Writer().bytes(exchange.consoleRandom).bytes(exchange.bmcRandom).bytes(asked(exchange))
  return ciphers.hmac(exchange.suite.digest, exchange.password, data.done())
}

/** The code in RAKP 4: the BMC has the same session key. §13.31, cut as in §13.28.1 */
export function finalCode(exchange: Exchange, ciphers: Ciphers): Uint8Array {
  const data = new Writer().bytes(exchange.consoleRandom).u32le(exchange.bmc).bytes(exchange.guid)
  const code = ciphers.hmac(exchange.suite.digest, sessionKey(exchange, ciphers), data.done())
  return code.subarray(0, exchange.suite.codeLength)
}

const AES_KEY = 16 // §13.29

/** Additional keying material: the session key over twenty equal bytes. §13.32 */
export function keysOf(exchange: Exchange, ciphers: Ciphers): Keys {
  const key = sessionKey(exchange, ciphers)
  const derive = (byte: number) => ciphers.hmac(exchange.suite.digest, key, new Uint8Array(20).fill(byte))
  return { integrity: derive(1), encryption: derive(2).subarray(0, AES_KEY) }
}

function asked({ role, user }: Exchange): Uint8Array {
  const name = utf8.encode(user)
  return new Writer().u8(role).u8(name.length).bytes(name).done()
}

/** Compares without telling by its time where the first difference is. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (const [at, byte] of one.entries()) difference |= byte ^ (other[at] ?? 0)
  return difference === 0
}
