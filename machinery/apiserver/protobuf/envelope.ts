import { ApiFault } from '../../api/fault.ts'
import { type Message, messageOf } from '../builtin/message.ts'
import { messageName } from '../builtin/name.ts'
import { decodeMessage } from './decode.ts'
import { encodeMessage } from './encode.ts'
import { malformed, WireReader, WireWriter } from './wire.ts'

export const PROTOBUF = 'application/vnd.kubernetes.protobuf'
export const PROTOBUF_WATCH = `${PROTOBUF};stream=watch`

const MAGIC = Buffer.from('k8s\0')
const ENVELOPE = messageOf('io.k8s.apimachinery.pkg.runtime.TypeMeta')

/** An object in Kubernetes' protobuf envelope (apimachinery `runtime.Unknown`), as it would be in JSON. */
export function readProtobuf(bytes: Uint8Array): Record<string, unknown> {
  if (!MAGIC.equals(bytes.subarray(0, 4))) throw malformed('it does not begin with "k8s"')
  const { apiVersion, kind, raw } = openEnvelope(bytes.subarray(4))
  const name = messageName(apiVersion, kind)
  if (!name) {
    throw new ApiFault('UnsupportedMediaType', `${apiVersion} ${kind} is not read in protobuf; send application/json`)
  }
  const { kind: _, apiVersion: __, ...fields } = decodeMessage(messageOf(name), raw)
  return { kind, apiVersion, ...fields }
}

interface Envelope {
  readonly apiVersion: string
  readonly kind: string
  readonly raw: Uint8Array
}

function openEnvelope(bytes: Uint8Array): Envelope {
  const reader = new WireReader(bytes)
  let type: Record<string, unknown> = {}
  let raw: Uint8Array = new Uint8Array()
  while (reader.left > 0) {
    const tag = reader.varint()
    const value = reader.value(tag % 8)
    if (tag === 10 && typeof value !== 'number') type = decodeMessage(ENVELOPE, value)
    if (tag === 18 && typeof value !== 'number') raw = value
  }
  return { apiVersion: String(type.apiVersion ?? ''), kind: String(type.kind ?? ''), raw }
}

/** What is served in protobuf: objects of Kubernetes' own kinds, their lists, and what every group has. */
export function hasProtobuf(apiVersion: string, kind: string): boolean {
  return messageName(apiVersion, kind) !== undefined
}

interface Typed {
  readonly apiVersion: string
  readonly kind: string
}

/** An object in its envelope. Only what `hasProtobuf` may be written so. */
export function writeProtobuf(object: Typed): Buffer {
  const writer = new WireWriter()
  writeEnvelope(writer, object)
  return writer.finish()
}

function writeEnvelope(writer: WireWriter, object: Typed): void {
  const end = writer.length
  writer.head(4, end) // contentType
  writer.head(3, end + 2) // contentEncoding
  const beforeRaw = writer.length
  encodeMessage(writer, writtenMessage(object), object)
  writer.head(2, beforeRaw)
  const beforeType = writer.length
  encodeMessage(writer, ENVELOPE, object)
  writer.head(1, beforeType)
  writer.bytes(MAGIC)
}

function writtenMessage({ apiVersion, kind }: Typed): Message {
  const name = messageName(apiVersion, kind)
  if (!name) throw new ApiFault('NotAcceptable', 'only the following media types are accepted: application/json')
  return messageOf(name)
}

/** One event of a watch as one frame of the stream: its length in four bytes, and itself. */
export function writeEvent(type: string, object: Typed): Buffer {
  const writer = new WireWriter()
  writeEnvelope(writer, object)
  writer.head(1, 0)
  writer.head(2, 0)
  const beforeType = writer.length
  writer.text(type)
  writer.head(1, beforeType)
  const { length } = writer
  for (let shift = 0; shift < 32; shift += 8) writer.byte((length >>> shift) & 0xff)
  return writer.finish()
}
