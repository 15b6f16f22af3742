import type { Observation, Subject } from '../api/journal.ts'
import { make } from '../api/kind.ts'
import type { ObjectKey } from '../api/object.ts'
import { type Fact, Timeline } from '../api/timeline.ts'

/** A machine's journal keeps this many facts; the oldest go first. About 100 KB of an object at most. */
export const FACTS_KEPT = 400

/** Namespace of timelines of machines that no Hardware knows. */
export const STRANGERS = 'eksa-system'

export function timelineKey(of: Subject): ObjectKey {
  if ('hardware' in of) return { name: of.hardware, namespace: of.namespace }
  return { name: `mac-${of.mac.replaceAll(':', '-')}`, namespace: STRANGERS }
}

export function factOf(observation: Observation, by: string, at: string): Fact {
  const { stage, what, says, severity = 'normal', evidence } = observation
  return { at, by, stage, what, severity, says, ...(evidence && { evidence }) }
}

/** A fact still to be written, and whether it takes the place of the last one of its kind. */
export interface Entry {
  readonly fact: Fact
  readonly replaces: boolean
}

/** The timeline with new facts written in; the one given is left as it is. */
export function written(timeline: Timeline, entries: readonly Entry[]): Timeline {
  let facts = [...(timeline.status?.facts ?? [])]
  for (const { fact, replaces } of entries) {
    const last = replaces ? facts.findLastIndex(other => other.stage === fact.stage && other.what === fact.what) : -1
    if (last >= 0) facts.splice(last, 1)
    facts.push(fact)
  }
  facts = facts.slice(-FACTS_KEPT)
  const newest = facts.at(-1)
  if (!newest) return timeline
  return { ...timeline, status: { stage: newest.stage, what: newest.what, since: stageStart(facts, newest), facts } }
}

/** An empty page for a machine. */
export function blank(of: Subject): Timeline {
  const spec = 'hardware' in of ? { hardwareRef: of.hardware } : {}
  const { name, namespace } = timelineKey(of)
  return make(Timeline, { metadata: { name, ...(namespace && { namespace }) }, spec })
}

/** When the stage of the newest fact began: the first of the row of facts that share it. */
function stageStart(facts: readonly Fact[], newest: Fact): string {
  const before = facts.findLastIndex(fact => fact.stage !== newest.stage)
  return (facts[before + 1] ?? newest).at
}
