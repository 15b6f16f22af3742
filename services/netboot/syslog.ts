import { Malformed } from '../../machinery/host/malformed.ts'
import type { Datagram, Endpoint } from '../../machinery/host/udp.ts'
import { WireFault } from '../../wire/fault.ts'
import { decodeSyslog, type SyslogMessage } from '../../wire/syslog/message.ts'
import type { NetbootParts } from './dhcp.ts'
import { fetcherFacts, fetcherOf } from './fetcher.ts'
import { Limit } from './limit.ts'

export interface SyslogConfig {
  readonly address?: string
  readonly port?: number
}

export interface SyslogListener extends AsyncDisposable {
  readonly local: Endpoint
  readonly malformed: Malformed
  /** Lines left out because their machine sent too many. */
  readonly dropped: () => number
}

const PORT = 514
const LINES = { burst: 2000, perSecond: 200 } // a booting kernel says a thousand lines at once
const LONGEST = 4096

/** Takes the machines' syslog into our log; rejects with a HostFault that names the address and port. */
export async function openSyslog(
  config: SyslogConfig,
  parts: Pick<NetbootParts, 'udp' | 'host' | 'machines'>,
): Promise<SyslogListener> {
  const { log, clock } = parts.host
  const malformed = new Malformed('syslog message', parts.host)
  const lines = new Limit(clock, LINES)
  const warnings = new Limit(clock, { burst: 1, perSecond: 1 / 60 })
  let dropped = 0
  const receive = ({ bytes, from }: Datagram) => {
    const facts = fetcherFacts(fetcherOf(parts.machines, from.address, undefined))
    if (lines.allows(from.address)) return print(bytes, { from, facts, malformed, log })
    dropped++
    if (warnings.allows(from.address)) log.warn('syslog of a machine is cut short', { ...facts, dropped })
  }
  const socket = await parts.udp.open({
    ...(config.address !== undefined && { address: config.address }),
    port: config.port ?? PORT,
    receive,
    fault: error => log.warn('syslog socket', { reason: String(error) }),
  })
  log.info('serving syslog', { address: socket.local.address, port: socket.local.port })
  return {
    local: socket.local,
    malformed,
    dropped: () => dropped,
    [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose](),
  }
}

interface Line {
  readonly from: Endpoint
  readonly facts: Readonly<Record<string, string>>
  readonly malformed: Malformed
  readonly log: NetbootParts['host']['log']
}

function print(bytes: Uint8Array, { from, facts, malformed, log }: Line): void {
  try {
    const message = decodeSyslog(bytes.subarray(0, LONGEST))
    log.info('syslog message', { ...facts, ...saidBy(message), text: message.text })
  } catch (fault) {
    if (!(fault instanceof WireFault)) throw fault
    malformed.note(from.address, fault.message, facts)
  }
}

function saidBy({ facility, severity, app, procid, hostname, data }: SyslogMessage) {
  const given = Object.entries({ hostname, app, procid, data }).filter(([, value]) => value !== undefined)
  return { facility, severity, ...Object.fromEntries(given) }
}
