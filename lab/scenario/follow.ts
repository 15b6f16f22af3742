import { Job } from '../../machinery/api/bmc.ts'
import type { Client } from '../../machinery/api/client.ts'
import { Timeline } from '../../machinery/api/timeline.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import { Informer } from '../../machinery/control/informer.ts'
import type { Host } from '../../machinery/host/host.ts'
import { type Outcome, outcome } from '../show/outcome.ts'
import type { Screen } from '../show/screen.ts'
import type { Plan } from './plan.ts'

const NAMESPACE = 'eksa-system'
const TICK = 500 // milliseconds; what moves on a screen

export interface Following {
  readonly client: Client
  readonly plans: readonly Plan[]
  readonly host: Host
  readonly screen: Screen
  readonly signal: AbortSignal
  /** A sentence when there is no point in going on. */
  readonly trouble: () => Promise<string | undefined>
}

export type Outcomes = ReadonlyMap<string, Outcome>

/** A view of the rack, read from the API alone; what it knows stays when it is closed. */
export interface View extends Disposable {
  readonly facts: (plan: Plan) => NonNullable<NonNullable<Timeline['status']>['facts']>
  readonly outcomes: () => Outcomes
}

/** Shows the machines on their way until each is home or has failed. */
export async function follow(following: Following): Promise<View> {
  const { plans, host, screen, signal } = following
  const view = await openView(following)
  for (;;) {
    screen.show(
      plans.map(plan => ({ name: plan.name, facts: view.facts(plan) })),
      host.clock.now(),
    )
    const outcomes = [...view.outcomes().values()]
    if (outcomes.every(({ is }) => is !== 'underway')) return view
    const trouble = await following.trouble()
    if (trouble !== undefined) return failing(view, plans, trouble)
    await host.clock.wait(TICK, signal)
  }
}

async function openView({ client, plans, host, signal: called }: Following): Promise<View> {
  const ordered = host.clock.now()
  const closing = new AbortController()
  const signal = AbortSignal.any([called, closing.signal])
  const timelines = new Informer(client, Timeline, host)
  const workflows = new Informer(client, Workflow, host)
  const jobs = new Informer(client, Job, host)
  for (const informer of [timelines, workflows, jobs]) void informer.run(signal)
  await Promise.all([timelines.synced, workflows.synced, jobs.synced])
  called.throwIfAborted()
  const facts = ({ name }: Plan) => timelines.get({ name, namespace: NAMESPACE })?.status?.facts ?? []
  const outcomeOf = (plan: Plan) => {
    const workflow = workflows.get({ name: plan.name, namespace: NAMESPACE })
    const job = jobs.get({ name: `${plan.name}-provision`, namespace: NAMESPACE })
    return outcome({ facts: facts(plan), workflow, job, ordered, now: host.clock.now() })
  }
  return {
    facts,
    outcomes: () => new Map(plans.map(plan => [plan.name, outcomeOf(plan)])),
    [Symbol.dispose]: () => closing.abort(),
  }
}

function failing(view: View, plans: readonly Plan[], reason: string): View {
  const failed: Outcome = { is: 'failed', stage: 'services', reason }
  return { ...view, outcomes: () => new Map(plans.map(({ name }) => [name, failed])) }
}
