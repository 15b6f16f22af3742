import type { Journal } from '../../machinery/api/journal.ts'
import type { Host } from '../../machinery/host/host.ts'
import { architectureName } from './architecture.ts'
import type { Boot, Decision } from './decide.ts'
import { type Found, nameOf, subjectOf } from './hardware.ts'
import { Limit } from './limit.ts'
import type { Asker } from './recognise.ts'

/** One question, what was decided, and where it came in. */
export interface Exchange {
  readonly asker: Asker
  readonly found: readonly Found[]
  readonly decision: Decision
  readonly interface: string
  /** A renewal of an address in use, which is no news. */
  readonly renewal: boolean
}

/** Writes each decision with its reason to the log and the journal, at a rate that a noisy network cannot raise. */
export class DhcpRecord {
  readonly #host: Host
  readonly #journal: Journal
  readonly #repeats: Limit
  readonly #strangers: Limit

  constructor(host: Host, journal: Journal) {
    this.#host = host
    this.#journal = journal
    this.#repeats = new Limit(host.clock, { burst: 1, perSecond: 1 / 60 }) // the same silence, once a minute
    this.#strangers = new Limit(host.clock, { burst: 32, perSecond: 1 / 4 }) // MACs that no Hardware has, together
  }

  note(exchange: Exchange): void {
    const { decision } = exchange
    if (decision.is === 'silent') this.#silent(exchange, decision)
    else if (decision.is === 'nak') this.#log('warn', 'DHCP request refused', exchange, { reason: decision.says })
    else if (decision.is === 'noted') this.#noted(exchange, decision)
    else this.#given(exchange, decision)
  }

  #noted(exchange: Exchange, { severity, says }: Extract<Decision, { is: 'noted' }>): void {
    this.#log(severity === 'warning' ? 'warn' : 'info', 'DHCP message noted', exchange, { reason: says })
  }

  #given(exchange: Exchange, { is, lease, boot }: Extract<Decision, { lease: unknown }>): void {
    const { asker } = exchange
    const facts = { ip: lease.address, ...bootFacts(boot), ...(asker.incomplete && { incomplete: asker.incomplete }) }
    if (lease.skipped.length > 0 && is !== 'inform') {
      this.#log('warn', 'fields of the Hardware could not be used', exchange, { fields: lease.skipped.join('; ') })
    }
    this.#log('info', SENTENCE[is], exchange, facts)
    if (is === 'inform' || exchange.renewal) return
    const evidence = { ...this.#facts(exchange), ...facts }
    const of = subjectOf(exchange.found[0], asker.mac)
    const says = `${WHO[asker.who]} ${is === 'offer' ? 'asks for an address' : `has the address ${lease.address}`}`
    const ending = boot.is === 'refused' ? `; ${boot.says}` : boot.is === 'file' ? `, boots ${boot.file}` : ''
    if (is === 'offer') {
      this.#journal.record({ of, stage: 'dhcp', what: 'dhcp-discover', says, evidence, replaces: true })
    } else this.#journal.record({ of, stage: 'dhcp', what: 'dhcp-ack', says: says + ending, evidence })
  }

  #silent(exchange: Exchange, { reason, says }: Extract<Decision, { is: 'silent' }>): void {
    const { mac } = exchange.asker
    const only = exchange.found.length === 1 ? exchange.found[0] : undefined
    const news = this.#repeats.allows(`${mac} ${reason}`)
    this.#log(news ? 'info' : 'debug', 'DHCP message left unanswered', exchange, { reason, says })
    if (!news || (!only && !this.#strangers.allows('all'))) return
    this.#journal.record({
      of: subjectOf(only, mac),
      stage: 'dhcp',
      what: 'dhcp-silent',
      says: `not answered: ${says}`,
      severity: reason === 'another-server' ? 'normal' : 'warning',
      evidence: { ...this.#facts(exchange), reason },
      replaces: true,
    })
  }

  #log(
    level: 'debug' | 'info' | 'warn',
    sentence: string,
    exchange: Exchange,
    facts: Readonly<Record<string, string>>,
  ): void {
    this.#host.log[level](sentence, { ...this.#facts(exchange), message: exchange.asker.message, ...facts })
  }

  #facts({ asker, found, interface: name }: Exchange) {
    const hardware = found.map(nameOf).join(', ')
    return {
      mac: asker.mac,
      ...(hardware && { hardware }),
      who: asker.who,
      arch: architectureName(asker.arch),
      interface: name,
    }
  }
}

const SENTENCE = { offer: 'DHCP address offered', ack: 'DHCP address given', inform: 'DHCP information given' } as const

const WHO = {
  pxe: 'the firmware (PXE)',
  http: 'the firmware (HTTP boot)',
  ipxe: 'iPXE',
  tinkerbell: 'iPXE',
  os: 'an operating system',
} as const

function bootFacts(boot: Boot): Readonly<Record<string, string>> {
  if (boot.is === 'file') return { file: boot.file, nextServer: boot.nextServer }
  return boot.is === 'refused' ? { boot: boot.reason, reason: boot.says } : {}
}
