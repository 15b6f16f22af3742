import type { Hardware } from '../../machinery/api/hardware.ts'
import type { Journal, Observation } from '../../machinery/api/journal.ts'
import type { Host } from '../../machinery/host/host.ts'
import type { Answer, Seen } from './answer.ts'

/** Reads that follow one another within this time are one visit, told once. Milliseconds. */
const ONE_VISIT = 60_000

interface Where {
  readonly ip: string
  readonly path: string
}

/** Tells the journal what a machine did here: a visit, not each of the thirty requests that cloud-init makes in one. */
export class Visits {
  readonly #journal: Journal
  readonly #host: Host
  readonly #last = new Map<string, number>()

  constructor({ journal, host }: { readonly journal: Journal; readonly host: Host }) {
    this.#journal = journal
    this.#host = host
  }

  note(hardware: Hardware, { seen, told }: Answer, where: Where): void {
    if (!seen) return
    if (seen !== 'called-home' && !this.#begins(`${hardware.metadata.uid}/${seen}`)) return
    this.#journal.record(observation(hardware, seen, { ...where, ...told }))
  }

  #begins(visit: string): boolean {
    const now = this.#host.clock.now()
    const last = this.#last.get(visit)
    this.#last.set(visit, now)
    return last === undefined || now - last > ONE_VISIT
  }
}

const SAYS = {
  'metadata-read': 'its operating system reads its metadata',
  'user-data-read': 'its operating system reads its user-data',
  'called-home': 'its operating system is up and called home',
} as const satisfies Record<Seen, string>

function observation(hardware: Hardware, seen: Seen, evidence: Record<string, string>): Observation {
  const { name, namespace = 'default' } = hardware.metadata
  const stage = seen === 'called-home' ? 'home' : 'metadata'
  return { of: { hardware: name, namespace }, stage, what: seen, says: SAYS[seen], evidence }
}
