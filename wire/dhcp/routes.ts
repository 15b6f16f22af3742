import { Reader, Writer } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import { type Ipv4, ipv4Bytes } from '../ipv4.ts'
import { type Codec, ipv4 } from '../value.ts'

/** A route of RFC 3442: networks without a class. */
export interface Route {
  readonly network: Ipv4
  readonly prefix: number
  readonly router: Ipv4
}

/** Only the bytes of the network that its prefix covers are written. */
export const classlessRoutes: Codec<readonly Route[]> = {
  decode: bytes => {
    const reader = new Reader(bytes)
    const routes: Route[] = []
    while (reader.left > 0) {
      const prefix = reader.u8()
      if (prefix > 32) throw new WireFault('wire/invalid', `a prefix of ${prefix} bits`, { prefix })
      const network = new Uint8Array(4)
      network.set(reader.take(Math.ceil(prefix / 8)))
      routes.push({ network: ipv4.decode(network), prefix, router: ipv4.decode(reader.take(4)) })
    }
    return routes
  },
  encode: routes => {
    const writer = new Writer()
    for (const { network, prefix, router } of routes) {
      writer
        .u8(prefix)
        .bytes(ipv4Bytes(network).subarray(0, Math.ceil(prefix / 8)))
        .bytes(ipv4Bytes(router))
    }
    return writer.done()
  },
}
