import type { OpenFile } from '../../machinery/host/files.ts'
import { encodeTftp, TFTP_ERROR, type TftpPacket } from '../../wire/tftp/packet.ts'
import type { Terms } from './tftp-options.ts'

/** The other end of one transfer. */
export interface Peer {
  send(bytes: Uint8Array): Promise<void>
  /** The next packet from it, or undefined when none has come within so many milliseconds. */
  next(milliseconds: number): Promise<TftpPacket | undefined>
  now(): number
}

export type Outcome =
  | { readonly is: 'complete' }
  /** The client ended it. Firmware asks for a size first and then says that it is done. */
  | { readonly is: 'ended'; readonly reason: string }
  | { readonly is: 'lost'; readonly reason: string }

export interface Sending {
  readonly file: OpenFile
  readonly size: number
  readonly terms: Terms
  readonly peer: Peer
}

const TRIES = 8

/** Sends a file block by block; each window is sent again until it is acknowledged or the peer is given up. */
export async function sendFile(sending: Sending): Promise<Outcome> {
  const { size, terms } = sending
  const last = Math.floor(size / terms.blockSize) + 1 // the last block is short, if need be empty
  let acknowledged = 0
  if (terms.granted.size > 0) {
    const options = encodeTftp({ op: 'options', options: terms.granted })
    const outcome = await exchange(sending, { window: [options], from: 0, to: 0 })
    if (typeof outcome !== 'number') return outcome
  }
  while (acknowledged < last) {
    const to = Math.min(acknowledged + terms.window, last)
    const window = await readWindow(sending, { from: acknowledged + 1, to })
    if (!window) return changed(sending)
    const outcome = await exchange(sending, { window, from: acknowledged, to })
    if (typeof outcome !== 'number') return outcome
    acknowledged = outcome
  }
  return { is: 'complete' }
}

type Span = { readonly from: number; readonly to: number }

/** The data packets of some blocks; undefined when the file has become shorter meanwhile. */
async function readWindow({ file, size, terms }: Sending, { from, to }: Span): Promise<Uint8Array[] | undefined> {
  const window: Uint8Array[] = []
  for (let block = from; block <= to; block++) {
    const at = (block - 1) * terms.blockSize
    const due = Math.min(terms.blockSize, size - at)
    const bytes = await file.read(at, due)
    if (bytes.length < due) return undefined
    window.push(encodeTftp({ op: 'data', block: block & 0xffff, bytes }))
  }
  return window
}

async function changed({ peer }: Sending): Promise<Outcome> {
  const message = 'the file has changed while it was sent'
  await peer.send(encodeTftp({ op: 'error', code: TFTP_ERROR.undefined, message }))
  return { is: 'lost', reason: message }
}

/** Sends a window until something of it is acknowledged; the number of the last acknowledged block, or how it ended. */
async function exchange({ peer, terms }: Sending, step: Span & { readonly window: readonly Uint8Array[] }) {
  for (let tried = 0; tried < TRIES; tried++) {
    for (const bytes of step.window) await peer.send(bytes)
    const answer = await acknowledgement(peer, step, peer.now() + terms.timeout)
    if (answer !== undefined) return answer
  }
  return { is: 'lost', reason: `block ${step.from + 1} was not acknowledged in ${TRIES} tries` } as const
}

/**
 * Waits for an acknowledgement of something new. One of what is known already is passed over: answering it again would
 * double every packet from then on (RFC 1123 §4.2.3.1).
 */
async function acknowledgement(peer: Peer, { from, to }: Span, until: number): Promise<number | Outcome | undefined> {
  for (let left = until - peer.now(); left > 0; left = until - peer.now()) {
    const packet = await peer.next(left)
    if (!packet) return undefined
    if (packet.op === 'error') return { is: 'ended', reason: `error ${packet.code}: ${packet.message}` }
    if (packet.op !== 'ack') continue
    // Block numbers have 16 bits and wrap; what is acknowledged lies at most a window ahead of what was.
    const block = from + ((packet.block - from) & 0xffff)
    if (block <= to && (block > from || to === 0)) return block
  }
  return undefined
}
