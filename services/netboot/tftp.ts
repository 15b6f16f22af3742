import type { FileSource, FoundFile } from '../../machinery/host/files.ts'
import { Malformed } from '../../machinery/host/malformed.ts'
import type { Datagram, Endpoint, UdpSocket } from '../../machinery/host/udp.ts'
import { WireFault } from '../../wire/fault.ts'
import { decodeTftp, encodeTftp, TFTP_ERROR, type TftpPacket, type TftpRequest } from '../../wire/tftp/packet.ts'
import { bootPath } from './boot-path.ts'
import type { NetbootParts } from './dhcp.ts'
import { type Fetcher, fetcherFacts, fetcherOf } from './fetcher.ts'
import { subjectOf } from './hardware.ts'
import { Limit } from './limit.ts'
import { Mailbox } from './mailbox.ts'
import { negotiate } from './tftp-options.ts'
import { type Outcome, sendFile } from './tftp-transfer.ts'

export interface TftpConfig {
  /** The address that machines ask, so that answers come from it; all of them unless told. */
  readonly address?: string
  readonly port?: number
}

export interface TftpParts extends NetbootParts {
  /** Boot programs; the last element of a path is looked up in it. */
  readonly files: FileSource
}

export interface TftpListener extends AsyncDisposable {
  readonly local: Endpoint
  readonly malformed: Malformed
}

const PORT = 69
const MOST_TRANSFERS = 512
const PER_CLIENT = { burst: 64, perSecond: 16 }

/** Serves boot files by TFTP; rejects with a HostFault that names the address and port. */
export async function openTftp(config: TftpConfig, parts: TftpParts): Promise<TftpListener> {
  const server = new TftpServer(config, parts)
  const socket = await parts.udp.open({
    ...(config.address !== undefined && { address: config.address }),
    port: config.port ?? PORT,
    receive: (datagram, at) => server.receive(datagram, at),
    fault: error => parts.host.log.warn('TFTP socket', { reason: String(error) }),
  })
  parts.host.log.info('serving TFTP', { address: socket.local.address, port: socket.local.port })
  return {
    local: socket.local,
    malformed: server.malformed,
    [Symbol.asyncDispose]: async () => {
      await socket[Symbol.asyncDispose]()
      await server.close()
    },
  }
}

/** What a transfer hears instead of its client when the server stops. */
const STOPPING: TftpPacket = { op: 'error', code: TFTP_ERROR.undefined, message: 'the server stops' }

class TftpServer {
  readonly malformed: Malformed
  readonly #config: TftpConfig
  readonly #parts: TftpParts
  readonly #limit: Limit
  readonly #running = new Map<string, Promise<void>>()
  readonly #mailboxes = new Set<Mailbox<TftpPacket>>()
  #closed = false

  constructor(config: TftpConfig, parts: TftpParts) {
    this.#config = config
    this.#parts = parts
    this.malformed = new Malformed('TFTP packet', parts.host)
    this.#limit = new Limit(parts.host.clock, PER_CLIENT)
  }

  receive({ bytes, from }: Datagram, socket: UdpSocket): void {
    const packet = this.#read(bytes, from)
    if (packet?.op === 'write') void refuse(socket, from, TFTP_ERROR.access, 'files are only read here')
    else if (packet?.op === 'read') this.#start(packet, from, socket)
    else if (packet && packet.op !== 'error') void refuse(socket, from, TFTP_ERROR.illegal, 'no request')
  }

  /** Ends every transfer. */
  async close(): Promise<void> {
    this.#closed = true
    for (const mailbox of this.#mailboxes) mailbox.wake()
    await Promise.all(this.#running.values())
  }

  #read(bytes: Uint8Array, from: Endpoint): TftpPacket | undefined {
    try {
      return decodeTftp(bytes)
    } catch (fault) {
      if (!(fault instanceof WireFault)) throw fault
      this.malformed.note(from.address, fault.message, { ...fault.facts })
      return undefined
    }
  }

  #start(request: TftpRequest, from: Endpoint, socket: UdpSocket): void {
    const client = `${from.address}:${from.port}`
    // A client that asks again from the same port has not heard us yet; its transfer repeats itself.
    if (this.#running.has(client)) return
    if (this.#running.size >= MOST_TRANSFERS || !this.#limit.allows(from.address)) {
      return void refuse(socket, from, TFTP_ERROR.undefined, 'too many transfers; try again later')
    }
    const work = this.#serve(request, from, socket)
      .catch(fault => this.#parts.host.log.error('TFTP transfer failed', { client, reason: String(fault) }))
      .finally(() => this.#running.delete(client))
    this.#running.set(client, work)
  }

  async #serve(request: TftpRequest, from: Endpoint, socket: UdpSocket): Promise<void> {
    const { file, mac } = bootPath(request.file)
    const fetcher = fetcherOf(this.#parts.machines, from.address, mac)
    const facts = { ...fetcherFacts(fetcher), file: request.file }
    if (request.mode !== 'octet') {
      this.#parts.host.log.info('TFTP request refused', { ...facts, mode: request.mode })
      return refuse(socket, from, TFTP_ERROR.illegal, `mode ${request.mode} is not served; ask for octet`)
    }
    const found = await this.#parts.files.find(file)
    if (!found) {
      this.#parts.host.log.info('TFTP file not found', facts)
      return refuse(socket, from, TFTP_ERROR.notFound, 'file not found')
    }
    const started = this.#parts.host.clock.now()
    const outcome = await this.#send(found, request, from)
    const milliseconds = this.#parts.host.clock.now() - started
    this.#told(outcome, { fetcher, file, size: found.size, facts: { ...facts, milliseconds } })
  }

  /** One transfer, on a port of its own (RFC 1350 §4). */
  async #send(found: FoundFile, request: TftpRequest, to: Endpoint): Promise<Outcome> {
    const { clock } = this.#parts.host
    const mailbox = new Mailbox<TftpPacket>(clock)
    const receive = ({ bytes, from }: Datagram, socket: UdpSocket) => {
      const ours = from.address === to.address && from.port === to.port
      if (!ours) return void refuse(socket, from, TFTP_ERROR.unknownTransfer, 'this transfer is not yours')
      const packet = this.#read(bytes, from)
      if (packet) mailbox.put(packet)
    }
    const { address } = this.#config
    await using socket = await this.#parts.udp.open({ ...(address !== undefined && { address }), port: 0, receive })
    await using file = await found.open()
    this.#mailboxes.add(mailbox)
    const peer = {
      send: (bytes: Uint8Array) => socket.send(bytes, to),
      next: async (milliseconds: number) => {
        const packet = this.#closed ? undefined : await mailbox.take(milliseconds)
        return this.#closed ? STOPPING : packet
      },
      now: () => clock.now(),
    }
    try {
      return await sendFile({ file, size: found.size, terms: negotiate(request.options, found.size), peer })
    } finally {
      this.#mailboxes.delete(mailbox)
    }
  }

  #told(outcome: Outcome, { fetcher, file, size, facts }: Told): void {
    const { log } = this.#parts.host
    if (outcome.is !== 'complete') {
      log.info(outcome.is === 'ended' ? 'TFTP ended by the client' : 'TFTP client lost', {
        ...facts,
        reason: outcome.reason,
      })
      return
    }
    log.info('TFTP file sent', { ...facts, bytes: size })
    if (!fetcher.mac) return
    this.#parts.journal.record({
      of: subjectOf(fetcher.found, fetcher.mac),
      stage: 'firmware',
      what: 'boot-file',
      says: `fetched ${file} by TFTP`,
      evidence: { file, protocol: 'tftp', bytes: String(size), client: fetcher.client },
    })
  }
}

interface Told {
  readonly fetcher: Fetcher
  readonly file: string
  readonly size: number
  readonly facts: Readonly<Record<string, string | number>>
}

/** Refusals are best effort: who does not hear one asks again. */
async function refuse(socket: UdpSocket, to: Endpoint, code: number, message: string): Promise<void> {
  await socket.send(encodeTftp({ op: 'error', code, message }), to).catch(() => undefined)
}
