import type { Ipv4 } from '../../wire/ipv4.ts'
import type { Mac } from '../../wire/mac.ts'
import type { Asker } from './recognise.ts'

export const MAC_FORMATS = ['colon', 'dot', 'dash', 'no-delimiter', 'empty'] as const
export type MacFormat = (typeof MAC_FORMATS)[number]

/** Where a machine on one interface fetches things from. */
export interface Sources {
  /** Base of the iPXE programs over HTTP, without a slash at its end. */
  readonly binaries: string
  readonly tftp: { readonly address: Ipv4; readonly port: number }
  /** The script for a MAC. */
  readonly script: (mac: Mac) => string
  readonly macFormat: MacFormat
}

/** What stands in `file` for a client that may boot from the network; the first match wins. */
export function bootFile(asker: Asker, binary: string, from: Sources & { readonly customScript?: string | undefined }) {
  const script = from.customScript ?? from.script(asker.mac)
  const folder = formatMac(asker.mac, from.macFormat)
  const path = folder === '' ? binary : `${folder}/${binary}`
  if (asker.who === 'tinkerbell') return script
  if (asker.who === 'http') return `${from.binaries}/${path}`
  // Any iPXE that can fetch the script gets it: sending it another iPXE first, as upstream does, never ends when that one
  // does not announce the class `Tinkerbell`, and distributions' builds do not.
  if (asker.who === 'ipxe' && asker.speaksHttp) return script
  // A full URL: option 43 has told it not to look for a server.
  if (asker.who === 'ipxe') return `tftp://${from.tftp.address}:${from.tftp.port}/${path}`
  return binary
}

function formatMac(mac: Mac, format: MacFormat): string {
  const digits = mac.replaceAll(':', '')
  switch (format) {
    case 'colon':
      return mac
    case 'dash':
      return mac.replaceAll(':', '-')
    case 'dot':
      return digits.replace(/^(....)(....)(....)$/, '$1.$2.$3')
    case 'no-delimiter':
      return digits
    case 'empty':
      return ''
  }
}
