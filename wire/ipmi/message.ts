import { Reader, Writer } from '../bytes.ts'
import { WireFault } from '../fault.ts'

/** A command to the BMC. */
export interface Request {
  /** Network function: the family of the command. §5.1 */
  readonly netFn: number
  readonly command: number
  readonly data: Uint8Array
}

/** What the BMC said to it. */
export interface Response extends Request {
  /** §5.2, see completion.ts. */
  readonly completion: number
}

/** Matches a response with its request: 0 to 63. */
type Numbered = { readonly sequence: number }

const BMC = 0x20 // §5.5
const CONSOLE = 0x81 // §5.5: the first address of remote consoles

export function encodeRequest(request: Request & Numbered): Uint8Array {
  const { netFn, command, data, sequence } = request
  return framed([BMC, netFn << 2], [CONSOLE, sequence << 2, command, ...data])
}

export function encodeResponse(response: Response & Numbered): Uint8Array {
  const { netFn, command, completion, data, sequence } = response
  return framed([CONSOLE, (netFn | 1) << 2], [BMC, sequence << 2, command, completion, ...data])
}

export function decodeRequest(bytes: Uint8Array): Request & Numbered {
  const { netFn, sequence, command, reader } = unframed(bytes)
  return { netFn, sequence, command, data: reader.rest() }
}

/** The network function is given back as the request's: responses carry the next odd one. */
export function decodeResponse(bytes: Uint8Array): Response & Numbered {
  const { netFn, sequence, command, reader } = unframed(bytes)
  if ((netFn & 1) === 0) throw new WireFault('wire/invalid', `network function ${netFn} is that of a request`)
  return { netFn: netFn & ~1, sequence, command, completion: reader.u8(), data: reader.rest() }
}

// §13.8: two halves, each with its own checksum.
function framed(head: readonly number[], body: readonly number[]): Uint8Array {
  return new Writer().bytes(head).u8(checksum(head)).bytes(body).u8(checksum(body)).done()
}

function unframed(bytes: Uint8Array) {
  const head = bytes.subarray(0, 3)
  const body = bytes.subarray(3)
  // Network function, sequence, command and three more bytes: §13.8.
  if (body.length < 4)
    throw new WireFault('wire/truncated', `a message of ${bytes.length} bytes has no room for a command`)
  if (sum(head) !== 0) throw new WireFault('wire/invalid', 'the checksum of the message header is wrong')
  if (sum(body) !== 0) throw new WireFault('wire/invalid', 'the checksum of the message is wrong')
  const reader = new Reader(body.subarray(0, -1))
  reader.u8() // the sender's address
  const sequence = reader.u8() >> 2
  return { netFn: (head[1] ?? 0) >> 2, sequence, command: reader.u8(), reader }
}

/** Two's complement: with it the sum is zero. §13.8 */
function checksum(bytes: ArrayLike<number>): number {
  return -sum(bytes) & 0xff
}

function sum(bytes: ArrayLike<number>): number {
  let total = 0
  for (let at = 0; at < bytes.length; at++) total = (total + (bytes[at] ?? 0)) & 0xff
  return total
}
