import { Reader, utf8, Writer } from '../bytes.ts'
import { WireFault } from '../fault.ts'

/** Options by name in lower case; their values are text (RFC 2347). */
export type TftpOptions = ReadonlyMap<string, string>

export interface TftpRequest {
  readonly op: 'read' | 'write'
  readonly file: string
  readonly mode: string
  readonly options: TftpOptions
}

export type TftpPacket =
  | TftpRequest
  | { readonly op: 'data'; readonly block: number; readonly bytes: Uint8Array }
  | { readonly op: 'ack'; readonly block: number }
  | { readonly op: 'error'; readonly code: number; readonly message: string }
  | { readonly op: 'options'; readonly options: TftpOptions }

const OPCODE = { read: 1, write: 2, data: 3, ack: 4, error: 5, options: 6 } as const // RFC 1350 §5, RFC 2347

/** RFC 1350 §5 and RFC 2347. */
export const TFTP_ERROR = {
  undefined: 0,
  notFound: 1,
  access: 2,
  illegal: 4,
  unknownTransfer: 5,
  options: 8,
} as const

export function decodeTftp(bytes: Uint8Array): TftpPacket {
  const reader = new Reader(bytes)
  const opcode = reader.u16()
  switch (opcode) {
    case OPCODE.read:
      return { op: 'read', ...request(reader) }
    case OPCODE.write:
      return { op: 'write', ...request(reader) }
    case OPCODE.data:
      return { op: 'data', block: reader.u16(), bytes: reader.rest() }
    case OPCODE.ack:
      return { op: 'ack', block: reader.u16() }
    case OPCODE.error:
      return { op: 'error', code: reader.u16(), message: reader.left > 0 ? text(reader) : '' }
    case OPCODE.options:
      return { op: 'options', options: options(reader) }
    default:
      throw new WireFault('wire/unsupported', `opcode ${opcode}`, { opcode })
  }
}

function request(reader: Reader): Omit<TftpRequest, 'op'> {
  return { file: text(reader), mode: text(reader).toLowerCase(), options: options(reader) }
}

function options(reader: Reader): TftpOptions {
  const found = new Map<string, string>()
  while (reader.left > 0) found.set(text(reader).toLowerCase(), text(reader))
  return found
}

/** Text up to its zero byte. */
function text(reader: Reader): string {
  const bytes: number[] = []
  for (let byte = reader.u8(); byte !== 0; byte = reader.u8()) bytes.push(byte)
  return utf8.decode(Uint8Array.from(bytes))
}

export function encodeTftp(packet: TftpPacket): Uint8Array {
  const writer = new Writer().u16(OPCODE[packet.op])
  switch (packet.op) {
    case 'read':
    case 'write':
      return writeOptions(zeroTerminated(zeroTerminated(writer, packet.file), packet.mode), packet.options).done()
    case 'data':
      return writer.u16(packet.block).bytes(packet.bytes).done()
    case 'ack':
      return writer.u16(packet.block).done()
    case 'error':
      return zeroTerminated(writer.u16(packet.code), packet.message).done()
    case 'options':
      return writeOptions(writer, packet.options).done()
  }
}

function writeOptions(writer: Writer, options: TftpOptions): Writer {
  for (const [name, value] of options) zeroTerminated(zeroTerminated(writer, name), value)
  return writer
}

function zeroTerminated(writer: Writer, value: string): Writer {
  return writer.bytes(utf8.encode(value)).u8(0)
}
