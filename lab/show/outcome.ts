import type { Job } from '../../machinery/api/bmc.ts'
import type { Fact } from '../../machinery/api/timeline.ts'
import type { Workflow } from '../../machinery/api/workflow.ts'
import { MILESTONES, passed } from './milestones.ts'

/** How it stands with a machine. */
export type Outcome =
  | { readonly is: 'underway' }
  | { readonly is: 'home' }
  | { readonly is: 'failed'; readonly stage: string; readonly reason: string }

/** What is known of a machine, all of it read from the API. */
export interface Known {
  readonly facts: readonly Fact[]
  readonly workflow: Workflow | undefined
  readonly job: Job | undefined
  /** When the lab gave its order. Milliseconds since 1970, as `now`. */
  readonly ordered: number
  readonly now: number
}

/** A machine that shows nothing new for this long has failed. Milliseconds; several emulated at once are slow. */
export const PATIENCE = 480_000

export function outcome(known: Known): Outcome {
  const way = passed(known.facts)
  if (way.at(-1)?.milestone.name === 'called-home') return { is: 'home' }
  return jobFailure(known.job) ?? workflowFailure(known.workflow) ?? tooQuiet(known) ?? { is: 'underway' }
}

function jobFailure(job: Job | undefined): Outcome | undefined {
  const failed = job?.status?.conditions?.find(({ type, status }) => type === 'Failed' && status === 'True')
  return failed && { is: 'failed', stage: 'power', reason: failed.message ?? 'the BMC job failed' }
}

const ENDINGS = ['STATE_FAILED', 'STATE_TIMEOUT']

function workflowFailure(workflow: Workflow | undefined): Outcome | undefined {
  const { state, tasks = [], message } = workflow?.status ?? {}
  if (!state || !ENDINGS.includes(state)) return undefined
  const action = tasks.flatMap(task => task.actions).find(({ status }) => ENDINGS.includes(status))
  const reason = [action?.name, action?.message ?? message].filter(Boolean).join(': ')
  return { is: 'failed', stage: 'workflow', reason: `${state}: ${reason || 'no reason was given'}` }
}

function tooQuiet({ facts, ordered, now }: Known): Outcome | undefined {
  const newest = facts.at(-1)
  const since = Math.max(ordered, newest ? Date.parse(newest.at) : 0)
  if (now - since < PATIENCE) return undefined
  const last = passed(facts).at(-1)?.milestone
  const next = MILESTONES[last ? MILESTONES.indexOf(last) + 1 : 0]
  const seen = newest ? `the last thing seen was: ${newest.says}` : 'nothing was seen of it'
  return {
    is: 'failed',
    stage: next?.name ?? 'called-home',
    reason: `nothing happened for ${PATIENCE / 1000} s while waiting for "${next?.title}"; ${seen}`,
  }
}
