import { utf8, Writer } from '../../wire/bytes.ts'
import { encodeSubOptions } from '../../wire/dhcp/options.ts'
import type { Mac } from '../../wire/mac.ts'
import { isRaspberryPi } from './architecture.ts'

const PXE = { discoveryControl: 6, menu: 9, prompt: 10, trace: 69, vlan: 116 } as const
const BOOT_THE_FILE = 8 // PXE 2.1 §2.2.2: no discovery, no menu, just the boot file
const TRACE_BYTES = 26 // version, trace id, span id, flags; all zero while nobody traces

/** Option 43 of an answer to a network boot client, in ascending order of sub-options, without an end mark. */
export function vendorOptions(mac: Mac, vlan: string | undefined): Uint8Array {
  const options = new Map([[PXE.discoveryControl, Uint8Array.of(BOOT_THE_FILE)]] as [number, Uint8Array][])
  if (isRaspberryPi(mac)) {
    options.set(PXE.menu, new Writer().u8(0).u16(17).bytes(utf8.encode('Raspberry Pi Boot')).done())
    options.set(PXE.prompt, new Writer().u8(0).bytes(utf8.encode('PXE')).done())
  }
  options.set(PXE.trace, new Uint8Array(TRACE_BYTES))
  if (vlan) options.set(PXE.vlan, utf8.encode(vlan))
  return encodeSubOptions(options)
}

const IPXE_NO_PROXY_DHCP = 176

/** Option 175: iPXE need not wait for a ProxyDHCP server. */
export const noProxyDhcp: Uint8Array = encodeSubOptions(new Map([[IPXE_NO_PROXY_DHCP, Uint8Array.of(1)]]))
