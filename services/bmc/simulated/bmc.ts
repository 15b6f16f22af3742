import { createHash } from 'node:crypto'
import { utf8 } from '../../../wire/bytes.ts'
import { WireFault } from '../../../wire/fault.ts'
import {
  decodeCoded,
  decodeOpenRequest,
  decodeRakp1,
  encodeCoded,
  encodeOpenResponse,
  encodeRakp2,
  encodeRefusal,
  PRIVILEGE,
  RANDOM_LENGTH,
} from '../../../wire/ipmi/handshake.ts'
import { bmcCode, consoleCode, type Exchange, finalCode, keysOf, sameBytes } from '../../../wire/ipmi/keys.ts'
import { decodeRequest, encodeResponse } from '../../../wire/ipmi/message.ts'
import { decodePacket, encodeBare, encodeOld, type NewPacket, PAYLOAD } from '../../../wire/ipmi/packet.ts'
import { openPacket, type Seal, sealPacket } from '../../../wire/ipmi/seal.ts'
import type { Suite } from '../../../wire/ipmi/suite.ts'
import { nodeCiphers as ciphers } from '../ipmi/ciphers.ts'
import { Chassis } from './chassis.ts'

export interface SimulatedBmcOptions {
  readonly user?: string
  readonly password?: string
  readonly privilege?: keyof typeof PRIVILEGE
  /** Ids of the cipher suites it speaks. */
  readonly suites?: readonly number[]
  /** Whether it lists them when asked. */
  readonly listsSuites?: boolean
  /** Sessions at a time; one more is refused. */
  readonly sessions?: number
}

/** A session from its first packet on; sealed once both sides proved the password. */
interface Open {
  readonly id: number
  readonly console: number
  readonly suite: Suite
  agreed?: Exchange
  seal?: Seal
  sent: number
}

const REFUSED = { resources: 0x01, session: 0x02, role: 0x0a, name: 0x0d, code: 0x0f, suite: 0x11 } as const

/** A BMC made of memory: bytes in, bytes out. Its chassis is what a test looks at, and where its bad days are set. */
export class SimulatedBmc {
  readonly chassis: Chassis
  readonly #options: Required<SimulatedBmcOptions>
  readonly #sessions = new Map<number, Open>()
  #chance = 0

  constructor(options: SimulatedBmcOptions = {}) {
    this.#options = {
      user: 'admin',
      password: 'password',
      privilege: 'administrator',
      suites: [17, 3],
      listsSuites: true,
      sessions: 8,
      ...options,
    }
    this.chassis = new Chassis(this.#options.suites, this.#options.listsSuites)
  }

  /** Sessions that nobody closed. */
  get openSessions(): number {
    return this.#sessions.size
  }

  /** What it answers to a datagram; nothing to what it cannot read. */
  receive(bytes: Uint8Array): Uint8Array | undefined {
    if (this.chassis.silent) return undefined
    try {
      const packet = decodePacket(bytes)
      if (packet.version === '2.0') return this.#answer(packet)
      const request = decodeRequest(packet.payload)
      return encodeOld(encodeResponse({ ...request, ...this.chassis.outside(request) }))
    } catch (fault) {
      if (fault instanceof WireFault) return undefined
      throw fault
    }
  }

  #answer(packet: NewPacket): Uint8Array | undefined {
    if (packet.type === PAYLOAD.openRequest) return this.#open(packet.payload)
    if (packet.type === PAYLOAD.rakp1) return this.#introduced(packet.payload)
    if (packet.type === PAYLOAD.rakp3) return this.#proved(packet.payload)
    return this.#commanded(packet)
  }

  #open(payload: Uint8Array): Uint8Array {
    const { tag, console, suite } = decodeOpenRequest(payload)
    if (!this.#options.suites.includes(suite.id)) return refused(PAYLOAD.openResponse, tag, REFUSED.suite)
    if (this.#sessions.size >= this.#options.sessions) return refused(PAYLOAD.openResponse, tag, REFUSED.resources)
    const id = 0x1000 + ++this.#chance
    this.#sessions.set(id, { id, console, suite, sent: 0 })
    const answer = encodeOpenResponse({ tag, privilege: PRIVILEGE[this.#options.privilege], console, bmc: id, suite })
    return encodeBare(PAYLOAD.openResponse, answer)
  }

  #introduced(payload: Uint8Array): Uint8Array | undefined {
    const { tag, bmc, random, role, user } = decodeRakp1(payload)
    const session = this.#sessions.get(bmc)
    const no = (status: number) => this.#gone(bmc, refused(PAYLOAD.rakp2, tag, status))
    if (!session) return no(REFUSED.session)
    if (session.seal) return undefined // a late copy: the session stands
    if (user !== this.#options.user) return no(REFUSED.name)
    if ((role & 0x0f) > PRIVILEGE[this.#options.privilege]) return no(REFUSED.role)
    session.agreed = {
      suite: session.suite,
      console: session.console,
      bmc,
      consoleRandom: random,
      bmcRandom: this.#random(), // a new one for each RAKP 1, repeated or not: as the real ones do
      guid: new Uint8Array(16).fill(0x42),
      role,
      user,
      password: utf8.encode(this.#options.password),
    }
    const { console, bmcRandom, guid } = session.agreed
    const code = bmcCode(session.agreed, ciphers)
    return encodeBare(PAYLOAD.rakp2, encodeRakp2({ tag, console, random: bmcRandom, guid, code }))
  }

  #proved(payload: Uint8Array): Uint8Array | undefined {
    const rakp3 = decodeCoded(payload)
    if (!('code' in rakp3)) return undefined
    const { tag, session: id, code } = rakp3
    const session = this.#sessions.get(id)
    if (!session?.agreed) return refused(PAYLOAD.rakp4, tag, REFUSED.session)
    const { agreed } = session
    if (!sameBytes(code, consoleCode(agreed, ciphers))) {
      return this.#gone(id, refused(PAYLOAD.rakp4, tag, REFUSED.code))
    }
    session.seal = { suite: agreed.suite, keys: keysOf(agreed, ciphers), ciphers }
    const answer = encodeCoded({ tag, session: agreed.console, code: finalCode(agreed, ciphers) })
    return encodeBare(PAYLOAD.rakp4, answer)
  }

  #commanded(packet: NewPacket): Uint8Array | undefined {
    const session = this.#sessions.get(packet.session)
    if (!session?.seal) return undefined
    const request = decodeRequest(openPacket(packet, session.seal))
    const answer = this.chassis.inside(request)
    if (answer.closes) this.#sessions.delete(session.id)
    const message = encodeResponse({ ...request, ...answer })
    const sequence = ++session.sent
    return sealPacket({ session: session.console, sequence, message, iv: this.#random() }, session.seal)
  }

  #gone(id: number, answer: Uint8Array): Uint8Array {
    this.#sessions.delete(id)
    return answer
  }

  /** Different each time and the same in each run. */
  #random(): Uint8Array {
    return createHash('sha256')
      .update(`bmc ${++this.#chance}`)
      .digest()
      .subarray(0, RANDOM_LENGTH)
  }
}

function refused(type: number, tag: number, status: number): Uint8Array {
  return encodeBare(type, encodeRefusal({ tag, status }))
}
