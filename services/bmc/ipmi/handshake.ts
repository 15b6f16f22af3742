import { utf8 } from '../../../wire/bytes.ts'
import type { Facts } from '../../../wire/fault.ts'
import {
  decodeCoded,
  decodeOpenResponse,
  decodeRakp2,
  encodeCoded,
  encodeOpenRequest,
  encodeRakp1,
  type OpenResponse,
  type Privilege,
  RANDOM_LENGTH,
  type Rakp2,
  type Refusal,
  roleOf,
} from '../../../wire/ipmi/handshake.ts'
import {
  type Exchange as Agreed,
  bmcCode,
  consoleCode,
  finalCode,
  keysOf,
  MOST_PASSWORD,
  sameBytes,
} from '../../../wire/ipmi/keys.ts'
import { encodeBare, PAYLOAD } from '../../../wire/ipmi/packet.ts'
import type { Seal } from '../../../wire/ipmi/seal.ts'
import type { Ciphers, Suite } from '../../../wire/ipmi/suite.ts'
import { PowerFault } from '../fault.ts'
import type { Random } from './ciphers.ts'
import type { Exchange } from './exchange.ts'
import { statusFault } from './refusal.ts'

export interface Proposal {
  readonly suite: Suite
  readonly privilege: Privilege
  readonly user: string
  readonly password: string
  /** What every fault says besides: host and port. */
  readonly facts: Facts
}

export interface Cryptography {
  readonly ciphers: Ciphers
  readonly random: Random
}

/** What a session needs to know of its beginning. */
export interface Opened {
  readonly console: number
  readonly bmc: number
  readonly seal: Seal
}

/** The six packets in their order; rejects with a PowerFault that says which one was refused, and why. */
export async function openSession(exchange: Exchange, proposal: Proposal, crypto: Cryptography): Promise<Opened> {
  const password = passwordBytes(proposal)
  const console = number(crypto.random(4))
  const handshake = new Handshake(exchange, proposal, crypto)
  const open = await handshake.propose(console)
  const role = roleOf(proposal.privilege)
  const { user, suite } = proposal
  const consoleRandom = crypto.random(RANDOM_LENGTH)
  const rakp2 = await handshake.introduce({ open, role, random: consoleRandom })
  const agreed: Agreed = {
    suite,
    console,
    bmc: open.bmc,
    consoleRandom,
    bmcRandom: rakp2.random,
    guid: rakp2.guid,
    role,
    user,
    password,
  }
  if (!sameBytes(bmcCode(agreed, crypto.ciphers), rakp2.code)) throw wrongPassword(proposal)
  await handshake.prove(agreed)
  return { console, bmc: open.bmc, seal: { suite, keys: keysOf(agreed, crypto.ciphers), ciphers: crypto.ciphers } }
}

class Handshake {
  readonly #exchange: Exchange
  readonly #proposal: Proposal
  readonly #crypto: Cryptography
  readonly #tag: number

  constructor(exchange: Exchange, proposal: Proposal, crypto: Cryptography) {
    this.#exchange = exchange
    this.#proposal = proposal
    this.#crypto = crypto
    this.#tag = crypto.random(1)[0] ?? 0
  }

  propose(console: number): Promise<OpenResponse> {
    const request = encodeOpenRequest({ tag: this.#tag, console, suite: this.#proposal.suite })
    return this.#ask('Open Session', {
      send: [PAYLOAD.openRequest, request],
      expect: PAYLOAD.openResponse,
      decode: decodeOpenResponse,
      mine: answer => answer.console === console && answer.suite.id === this.#proposal.suite.id,
    })
  }

  introduce({ open, role, random }: { open: OpenResponse; role: number; random: Uint8Array }): Promise<Rakp2> {
    const { user } = this.#proposal
    return this.#ask('the user (RAKP 1)', {
      send: [PAYLOAD.rakp1, encodeRakp1({ tag: this.#tag, bmc: open.bmc, random, role, user })],
      expect: PAYLOAD.rakp2,
      decode: decodeRakp2,
      mine: answer => answer.console === open.console,
    })
  }

  async prove(agreed: Agreed): Promise<void> {
    const { ciphers } = this.#crypto
    const rakp3 = encodeCoded({ tag: this.#tag, session: agreed.bmc, code: consoleCode(agreed, ciphers) })
    const expected = finalCode(agreed, ciphers)
    await this.#ask('the proof (RAKP 3)', {
      send: [PAYLOAD.rakp3, rakp3],
      expect: PAYLOAD.rakp4,
      decode: decodeCoded,
      mine: answer => answer.session === agreed.console && sameBytes(answer.code, expected),
    })
  }

  async #ask<T extends { tag: number; status: 0 }>(step: string, turn: Turn<T>): Promise<T> {
    const [type, payload] = turn.send
    const answer = await this.#exchange.ask<T | Refusal>({
      what: step,
      packet: () => encodeBare(type, payload),
      answer: packet => {
        if (packet.version !== '2.0' || packet.type !== turn.expect) return undefined
        const decoded = turn.decode(packet.payload)
        if (decoded.tag !== this.#tag) return undefined
        return isRefusal(decoded) || turn.mine(decoded) ? decoded : undefined
      },
    })
    if (isRefusal(answer)) throw statusFault(answer.status, step, this.#proposal.facts)
    return answer
  }
}

interface Turn<T> {
  readonly send: readonly [type: number, payload: Uint8Array]
  readonly expect: number
  readonly decode: (payload: Uint8Array) => T | Refusal
  readonly mine: (answer: T) => boolean
}

function isRefusal<T extends { status: 0 }>(answer: T | Refusal): answer is Refusal {
  return answer.status !== 0
}

function passwordBytes({ password, user, facts }: Proposal): Uint8Array {
  const bytes = utf8.encode(password)
  if (bytes.length <= MOST_PASSWORD) return bytes
  const sentence = `the password of ${user} has ${bytes.length} bytes; IPMI 2.0 allows ${MOST_PASSWORD}`
  throw new PowerFault('bmc/bad-credentials', sentence, facts)
}

function wrongPassword({ user, facts }: Proposal): PowerFault {
  return new PowerFault('bmc/bad-credentials', `the BMC ${facts.host} has another password for ${user}`, facts)
}

function number(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true) || 1 // 0 means "no session"
}
