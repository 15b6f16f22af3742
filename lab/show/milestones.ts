import type { Fact } from '../../machinery/api/timeline.ts'

/** A point on a machine's way that everyone can see, and the facts that prove it was reached. */
export interface Milestone {
  readonly name: string
  readonly title: string
  readonly proof: readonly string[]
}

/** In the order in which they are passed. */
export const MILESTONES: readonly Milestone[] = [
  { name: 'power-on', title: 'switched on', proof: ['power-on'] },
  { name: 'dhcp', title: 'has an address', proof: ['dhcp-ack'] },
  { name: 'ipxe', title: 'fetched iPXE', proof: ['boot-file', 'ipxe-script'] },
  { name: 'ipxe-script', title: 'fetched its iPXE script', proof: ['ipxe-script'] },
  { name: 'hookos', title: 'fetched HookOS', proof: ['initramfs'] },
  { name: 'worker', title: 'HookOS is up, its worker asks for work', proof: ['worker'] },
  { name: 'image-done', title: 'operating system written to disk', proof: ['image-done'] },
  { name: 'boot', title: 'boots the installed system', proof: ['reboot', 'kexec'] },
  { name: 'metadata', title: 'cloud-init read its metadata', proof: ['metadata-read'] },
  { name: 'called-home', title: 'called home', proof: ['called-home'] },
]

export interface Passed {
  readonly milestone: Milestone
  /** Milliseconds since 1970. */
  readonly at: number
  /** The fact that proves it. */
  readonly fact: Fact
}

/**
 * The milestones a machine has passed, each at or after the one before: a machine that asks for an address in every boot
 * has passed `dhcp` the first time. What is missing in between (a machine whose iPXE is in its ROM fetches none) is left out.
 */
export function passed(facts: readonly Fact[]): readonly Passed[] {
  const start = facts.findLastIndex(fact => fact.what === 'power-on')
  const way: Passed[] = []
  let from = Math.max(0, start)
  for (const milestone of MILESTONES) {
    const at = facts.findIndex((fact, index) => index >= from && milestone.proof.includes(fact.what))
    const fact = facts[at]
    if (!fact) continue
    way.push({ milestone, at: Date.parse(fact.at), fact })
    from = at
  }
  return way
}

/** Seconds from switching on to each milestone. */
export function stageTimes(way: readonly Passed[]): Readonly<Record<string, number>> {
  const start = way[0]?.at ?? 0
  return Object.fromEntries(way.map(({ milestone, at }) => [milestone.name, Math.round((at - start) / 100) / 10]))
}

/** How much of the image is written, while it is being written. */
export function imageProgress(facts: readonly Fact[]): { readonly bytes: number; readonly total: number } | undefined {
  const fact = facts.findLast(candidate => candidate.what === 'image-progress')
  const { bytes, total } = fact?.evidence ?? {}
  return bytes && total ? { bytes: Number(bytes), total: Number(total) } : undefined
}
