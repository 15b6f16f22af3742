import type { Facts } from '../../../wire/fault.ts'
import { type Command, closeSession } from '../../../wire/ipmi/command.ts'
import { decodeResponse, encodeRequest } from '../../../wire/ipmi/message.ts'
import { PAYLOAD, type Packet } from '../../../wire/ipmi/packet.ts'
import { openPacket, sealPacket } from '../../../wire/ipmi/seal.ts'
import { PowerFault } from '../fault.ts'
import { type Answer, answerTo } from './answer.ts'
import type { Random } from './ciphers.ts'
import { type Exchange, WAITS } from './exchange.ts'
import type { Opened } from './handshake.ts'
import { completionFault } from './refusal.ts'
import { Window } from './window.ts'

const IV_LENGTH = 16
/** A BMC closes a silent session by itself after a minute; being polite is worth no more than a second. */
const GOODBYE = [300, 700] as const

interface SessionOptions {
  readonly exchange: Exchange
  readonly opened: Opened
  readonly random: Random
  readonly facts: Facts
}

/** An open session: commands in, answers out; each packet numbered, signed and encrypted. */
export class Session implements AsyncDisposable {
  readonly #options: SessionOptions
  readonly #heard = new Window()
  #sent = 0
  #messages = 0

  constructor(options: SessionOptions) {
    this.#options = options
  }

  get suite(): number {
    return this.#options.opened.seal.suite.id
  }

  /** Rejects with the PowerFault that the completion code stands for. */
  async run<T>(command: Command<T>, waits: readonly number[] = WAITS): Promise<T> {
    const sequence = this.#messages++ & 0x3f
    const message = encodeRequest({ ...command.request, sequence })
    const answer = await this.#options.exchange.ask({
      what: command.name,
      packet: () => this.#seal(message),
      answer: packet => this.#answer(packet, command, sequence),
      waits,
    })
    if ('value' in answer) return answer.value
    throw completionFault(answer.completion, command.name, this.#options.facts)
  }

  /** Tells the BMC that the session is over; the socket stays open. */
  async close(): Promise<void> {
    try {
      await this.run(closeSession(this.#options.opened.bmc), GOODBYE)
    } catch (thrown) {
      PowerFault.from(thrown) // it answers no more, or forgot the session: both mean that it is closed
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.close()
    } finally {
      await this.#options.exchange[Symbol.asyncDispose]()
    }
  }

  #seal(message: Uint8Array): Uint8Array {
    const { opened, random } = this.#options
    const sequence = ++this.#sent
    return sealPacket({ session: opened.bmc, sequence, message, iv: random(IV_LENGTH) }, opened.seal)
  }

  #answer<T>(packet: Packet, command: Command<T>, sequence: number): Answer<T> | undefined {
    const { opened } = this.#options
    if (packet.version !== '2.0' || packet.type !== PAYLOAD.message || packet.session !== opened.console)
      return undefined
    const message = openPacket(packet, opened.seal)
    if (!this.#heard.admit(packet.sequence)) return undefined
    const response = decodeResponse(message)
    return response.sequence === sequence ? answerTo(command, response) : undefined
  }
}
