import { Reader, utf8, Writer } from '../bytes.ts'
import type { Codec } from '../value.ts'

/**
 * RFC 3004 has a list of counted texts; iPXE and others send the bare text. Whatever adds up as a list is one, everything
 * else is a single class: no class in use begins with its own length.
 */
export const userClass: Codec<readonly string[]> = {
  decode: bytes => counted(bytes) ?? [utf8.decode(bytes)],
  encode: classes =>
    classes
      .map(utf8.encode)
      .reduce((writer, name) => writer.u8(name.length).bytes(name), new Writer())
      .done(),
}

function counted(bytes: Uint8Array): readonly string[] | undefined {
  const reader = new Reader(bytes)
  const classes: string[] = []
  while (reader.left > 0) {
    const length = reader.u8()
    if (length === 0 || length > reader.left) return undefined
    classes.push(utf8.decode(reader.take(length)))
  }
  return classes.length > 0 ? classes : undefined
}
