import { parseIpv4 } from '../../wire/ipv4.ts'
import type { Mac } from '../../wire/mac.ts'
import { type Found, type Machines, nameOf } from './hardware.ts'

/** Who fetches a file: by the MAC in what it asks for, else by the address it was given. */
export interface Fetcher {
  readonly client: string
  readonly found: Found | undefined
  readonly mac: Mac | undefined
}

export function fetcherOf(machines: Machines, client: string, mac: Mac | undefined): Fetcher {
  const address = parseIpv4(client)
  const [found, ...others] = mac ? machines.byMac(mac) : address ? machines.byAddress(address) : []
  const only = others.length === 0 ? found : undefined
  return { client, found: only, mac: only?.mac ?? mac }
}

/** The facts of a log line about it, `mac` first. */
export function fetcherFacts({ client, found, mac }: Fetcher): Readonly<Record<string, string>> {
  return { ...(mac && { mac }), ...(found && { hardware: nameOf(found) }), client }
}
