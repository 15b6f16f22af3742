import type { Hardware, Interface } from '../../machinery/api/hardware.ts'
import type { Subject } from '../../machinery/api/journal.ts'
import type { Informer } from '../../machinery/control/informer.ts'
import { type Ipv4, parseIpv4 } from '../../wire/ipv4.ts'
import { type Mac, parseMac } from '../../wire/mac.ts'

/** A machine as network boot sees it: its Hardware, and the one interface that is asking. */
export interface Found {
  readonly hardware: Hardware
  readonly mac: Mac
  readonly interface: Interface
}

/** How machines are found; `several` are kept apart, since two answers to one question are none. */
export interface Machines {
  byMac(mac: Mac): readonly Found[]
  byAddress(address: Ipv4): readonly Found[]
}

const BY_MAC = 'netboot/mac'
const BY_ADDRESS = 'netboot/address'

/** Indexes the cache of Hardware; looking a machine up costs the same with ten and with a hundred thousand. */
export function netbootIndexes(cache: Informer<Hardware>): Machines {
  cache.index(BY_MAC, hardware => interfacesOf(hardware).map(found => found.mac))
  cache.index(BY_ADDRESS, hardware => interfacesOf(hardware).flatMap(found => addressOf(found) ?? []))
  return {
    byMac: mac => cache.find(BY_MAC, mac).flatMap(hardware => withMac(hardware, mac)),
    byAddress: address =>
      cache
        .find(BY_ADDRESS, address)
        .flatMap(hardware => interfacesOf(hardware).filter(at => addressOf(at) === address)),
  }
}

/** The same lookups over a plain list, for whoever has no cache. */
export function machinesOf(list: readonly Hardware[]): Machines {
  const all = list.flatMap(interfacesOf)
  return {
    byMac: mac => all.filter(found => found.mac === mac),
    byAddress: address => all.filter(found => addressOf(found) === address),
  }
}

/** MACs are compared as addresses, not as text: upper case and dashes are the same machine. */
function interfacesOf(hardware: Hardware): readonly Found[] {
  return (hardware.spec?.interfaces ?? []).flatMap(at => {
    const mac = parseMac(at.dhcp?.mac ?? '')
    return mac ? [{ hardware, mac, interface: at }] : []
  })
}

function withMac(hardware: Hardware, mac: Mac): readonly Found[] {
  return interfacesOf(hardware).filter(found => found.mac === mac)
}

function addressOf(found: Found): Ipv4 | undefined {
  return parseIpv4(found.interface.dhcp?.ip?.address ?? '')
}

export function nameOf(found: Found): string {
  return found.hardware.metadata.name
}

/** Whom a journal entry is about: the Hardware where there is one, else the bare MAC. */
export function subjectOf(found: Found | undefined, mac: Mac): Subject {
  if (!found) return { mac }
  return { hardware: nameOf(found), namespace: found.hardware.metadata.namespace ?? 'default' }
}
