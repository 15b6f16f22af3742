import type { Interface } from '../../machinery/api/hardware.ts'
import type { Ipv4 } from '../../wire/ipv4.ts'
import { architectureName, binaryFor } from './architecture.ts'
import { bootFile, type Sources } from './boot-file.ts'
import { type Found, nameOf } from './hardware.ts'
import { type Lease, leaseOf } from './lease.ts'
import type { Asker } from './recognise.ts'

export type SilentReason =
  | 'unknown-mac'
  | 'duplicate-mac'
  | 'dhcp-disabled'
  | 'no-address'
  | 'another-server'
  | 'not-for-servers'

/** What a client hears about booting, besides its address. */
export type Boot =
  /** Nothing: it did not ask. */
  | { readonly is: 'nothing' }
  /** A file that is not there, so that its firmware goes on to the next boot device. */
  | { readonly is: 'refused'; readonly reason: string; readonly says: string }
  | { readonly is: 'file'; readonly file: string; readonly nextServer: Ipv4 }

export type Decision =
  | { readonly is: 'silent'; readonly reason: SilentReason; readonly says: string }
  | { readonly is: 'nak'; readonly says: string }
  | { readonly is: 'offer' | 'ack' | 'inform'; readonly lease: Lease; readonly boot: Boot }
  | { readonly is: 'noted'; readonly severity: 'normal' | 'warning'; readonly says: string }

export interface Settings {
  /** Server identifier and next server of the interface the question came by. */
  readonly server: Ipv4
  readonly sources: Sources
  /** iPXE programs for architectures, before our own table. */
  readonly binaries: ReadonlyMap<number, string>
}

/** Decides from who asks and which Hardware has its MAC. Reservations only: nobody else is given an address. */
export function decide(asker: Asker, found: readonly Found[], settings: Settings): Decision {
  const [only, ...others] = found
  if (!only) return silent('unknown-mac', `no Hardware has the MAC ${asker.mac}`)
  if (others.length > 0)
    return silent('duplicate-mac', `several Hardware have this MAC: ${found.map(nameOf).join(', ')}`)
  if (only.interface.disableDhcp)
    return silent('dhcp-disabled', `Hardware ${nameOf(only)} has disableDhcp on this interface`)
  const given = leaseOf(only.interface.dhcp ?? {})
  if ('wrong' in given) return silent('no-address', `Hardware ${nameOf(only)}: ${given.wrong}`)
  return answerTo(
    asker,
    { lease: given.lease, boot: bootFor(asker, { ...settings, only, lease: given.lease }) },
    settings,
  )
}

type Given = { readonly lease: Lease; readonly boot: Boot }

/** RFC 2131 §4.3: what each message gets once the reservation is known. */
function answerTo(asker: Asker, given: Given, { server }: Settings): Decision {
  switch (asker.message) {
    case 'discover':
      return { is: 'offer', ...given }
    case 'request':
      return answerRequest(asker, given, server)
    case 'inform':
      return { is: 'inform', ...given }
    case 'release':
      return { is: 'noted', severity: 'normal', says: `gave ${given.lease.address} back; its reservation stays` }
    case 'decline':
      return {
        is: 'noted',
        severity: 'warning',
        says: `refuses ${asker.wants ?? given.lease.address}: another machine answers on that address`,
      }
    default:
      return silent('not-for-servers', `a ${asker.message} is for clients`)
  }
}

function answerRequest(asker: Asker, given: Given, server: Ipv4): Decision {
  if (asker.chose && asker.chose !== server) {
    return silent('another-server', `the client chose the DHCP server ${asker.chose}; ours is ${server}`)
  }
  // The reservation makes us the authority for this MAC: a wrong address is refused, or it would be used until it expires.
  if (asker.wants && asker.wants !== given.lease.address) {
    return { is: 'nak', says: `${asker.wants} is not its address; ${given.lease.address} is` }
  }
  return { is: 'ack', ...given }
}

type BootSettings = Settings & { readonly only: Found; readonly lease: Lease }

function bootFor(asker: Asker, { only, lease, ...settings }: BootSettings): Boot {
  if (asker.who === 'os' || lease.custom) return { is: 'nothing' }
  const { netboot } = only.interface
  if (!netboot?.allowPXE)
    return refused('not-allowed', `Hardware ${nameOf(only)} does not allow network boot (netboot.allowPXE)`)
  const binary = netboot.ipxe?.binary || binaryFor(asker.arch, settings.binaries)
  if (!binary) return refused('no-binary', `there is no iPXE for architecture ${architectureName(asker.arch)}`)
  const script = customScript(netboot)
  if (script === 'wrong')
    return refused('bad-url', `netboot.ipxe.url "${netboot.ipxe?.url}" is not an http or https URL`)
  const file = bootFile(asker, binary, { ...settings.sources, customScript: script?.href })
  const nextServer = asker.who === 'http' ? settings.server : settings.sources.tftp.address
  return { is: 'file', file, nextServer }
}

function customScript(netboot: NonNullable<Interface['netboot']>): URL | undefined | 'wrong' {
  const text = netboot.ipxe?.url
  if (!text) return undefined
  const url = URL.parse(text)
  return url && /^https?:$/.test(url.protocol) ? url : 'wrong'
}

function silent(reason: SilentReason, says: string): Decision {
  return { is: 'silent', reason, says }
}

function refused(reason: string, says: string): Boot {
  return { is: 'refused', reason, says }
}
