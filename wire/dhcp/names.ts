import { Reader, utf8, Writer } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import type { Codec } from '../value.ts'

/** Domain names in DNS's form (RFC 1035 §3.1), written without compression, which RFC 3397 leaves to the writer. */
export const domainNames: Codec<readonly string[]> = {
  decode: bytes => {
    const reader = new Reader(bytes)
    const names: string[] = []
    while (reader.left > 0) names.push(decodeName(reader))
    return names
  },
  encode: names => names.reduce(writeName, new Writer()).done(),
}

function decodeName(reader: Reader): string {
  const labels: string[] = []
  for (let length = reader.u8(); length !== 0; length = reader.u8()) {
    if (length > 63) throw new WireFault('wire/unsupported', 'a compressed domain name', { at: reader.at })
    labels.push(utf8.decode(reader.take(length)))
  }
  return labels.join('.')
}

function writeName(writer: Writer, name: string): Writer {
  for (const label of name.split('.').filter(part => part !== '')) {
    const bytes = utf8.encode(label)
    if (bytes.length > 63) throw new RangeError(`"${label}" is longer than a label of a domain name may be`)
    writer.u8(bytes.length).bytes(bytes)
  }
  return writer.u8(0)
}
