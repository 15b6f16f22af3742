import { type Connection, Task } from '../../machinery/api/bmc.ts'
import type { Observation } from '../../machinery/api/journal.ts'
import type { Next, World } from '../../machinery/control/controller.ts'
import { timestamp } from '../../machinery/host/clock.ts'
import { type Bmc, connect } from './driver.ts'
import { PowerFault } from './fault.ts'
import { machineKeys } from './machines.ts'
import { type BmcParts, settingsOf } from './parts.ts'
import { completed, condition, failed, has, writeStatus } from './status.ts'
import { type Mark, nextStep, type Order, orderOf, type PowerAction, type Step } from './step.ts'
import { targetOf } from './target.ts'
import { subjectOf, trouble, witnessed } from './witness.ts'

export interface TurnParts {
  readonly task: Task
  readonly connection: Connection | undefined
  readonly world: World
  readonly parts: BmcParts
}

/** How one turn with the BMC ended: done, or not yet, and what is being waited for. */
type Outcome = { readonly done: true; readonly note?: string } | { readonly done: false; readonly what: string }

const MARKS: readonly Mark[] = ['Sent', 'WasOff']
/** Off, seen off, on, seen on: a turn that needs more is going round in circles. */
const MOST_STEPS = 5

/** Looks again soon after the start and ever more seldom later, in milliseconds. */
export function lookAgain(elapsed: number, reachable: boolean): number {
  const [first, most] = reachable ? [500, 3_000] : [2_000, 30_000]
  return Math.min(most, Math.max(first, elapsed / 4))
}

/** One look at one task: as far as it goes without waiting. */
export class TaskTurn {
  readonly #turn: TurnParts
  readonly #order: Order
  readonly #marks: Set<Mark>

  constructor(turn: TurnParts) {
    this.#turn = turn
    this.#order = orderOf(turn.task.spec.task)
    this.#marks = new Set(MARKS.filter(mark => has(turn.task.status, mark)))
  }

  async take(): Promise<Next | undefined> {
    const { connection } = this.#turn
    if (this.#order.kind === 'refused') return this.#fail(this.#order.says)
    if (!connection) return this.#fail('the task has no connection and no Machine')
    try {
      const outcome = await this.#work(connection)
      if (outcome.done) return this.#complete(outcome.note)
      return this.#later(outcome.what, true)
    } catch (thrown) {
      return this.#trouble(PowerFault.from(thrown))
    }
  }

  async #work(connection: Connection): Promise<Outcome> {
    const { task, world, parts } = this.#turn
    await using bmc = await connect(parts.drivers, targetOf(connection, task.metadata.namespace, world))
    if (this.#order.kind === 'boot') {
      const shown = await bmc.setBoot(this.#order.boot)
      return { done: true, ...(!shown && { note: 'the BMC accepted it and does not show it' }) }
    }
    if (this.#order.kind !== 'power') return { done: true }
    return await this.#switch(this.#order.action, bmc) // awaited here: the session closes when this returns
  }

  async #switch(action: PowerAction, bmc: Bmc): Promise<Outcome> {
    let told: string | undefined
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const step = nextStep(action, await bmc.power(), this.#marks)
      if (step.do === 'done') return { done: true }
      if (step.do === 'wait') return { done: false, what: `the machine must be ${step.until}` }
      // The same command again at once would not be obeyed any better.
      if (step.do === 'control' && step.control === told) return { done: false, what: `power ${told} must take effect` }
      await this.#perform(step, bmc)
      if (step.do === 'control') told = step.control
    }
    return { done: false, what: `power ${action} must take effect` }
  }

  async #perform(step: Exclude<Step, { do: 'done' | 'wait' }>, bmc: Bmc): Promise<void> {
    const { mark } = step
    if (mark) await this.#remember(mark)
    if (step.do === 'mark') return
    try {
      await bmc.control(step.control)
      this.#log.info('power command sent', { ...this.#facts, command: step.control, how: bmc.how })
    } catch (fault) {
      if (mark) await this.#forget(mark) // it was refused, or nobody heard it: it may be said again
      throw fault
    }
  }

  get #log() {
    return this.#turn.parts.host.log
  }

  get #facts() {
    const { task, connection } = this.#turn
    return { name: task.metadata.name, host: connection?.host, action: this.#order.says }
  }

  get #evidence(): Record<string, string> {
    const { task, connection } = this.#turn
    return { task: task.metadata.name, ...(connection && { bmc: connection.host }) }
  }

  /** Records on the machine it was done to; a Task that somebody made by hand, without a Job, tells nobody whose it is. */
  #record(observation: Omit<Observation, 'of'>): void {
    const { task, world, parts } = this.#turn
    const [machine] = machineKeys(task, world)
    if (machine) parts.journal.record({ of: subjectOf(machine, world), ...observation })
  }

  async #remember(mark: Mark): Promise<void> {
    this.#marks.add(mark)
    await this.#writeMarks()
  }

  async #forget(mark: Mark): Promise<void> {
    this.#marks.delete(mark)
    await this.#writeMarks()
  }

  async #writeMarks(): Promise<void> {
    const conditions = [condition('Running'), ...[...this.#marks].map(mark => condition(mark))]
    await writeStatus(this.#turn.world, Task, this.#turn.task, { conditions })
  }

  async #complete(note: string | undefined): Promise<undefined> {
    const { task, world, parts } = this.#turn
    await writeStatus(world, Task, task, completed(timestamp(parts.host.clock)))
    this.#log.info('task completed', { ...this.#facts, ...(note !== undefined && { note }) })
    const observation = witnessed(this.#order, { ...this.#evidence, ...(note !== undefined && { note }) })
    if (observation) this.#record(observation)
  }

  async #fail(says: string): Promise<undefined> {
    const { task, world } = this.#turn
    await writeStatus(world, Task, task, failed(says))
    this.#log.error('task failed', { ...this.#facts, reason: says })
    this.#record(trouble('bmc-failed', says, this.#evidence))
  }

  async #trouble(fault: PowerFault): Promise<Next | undefined> {
    if (fault.cure !== 'retry') return this.#fail(fault.message)
    if (this.#elapsed >= this.#deadline) {
      return this.#fail(`${fault.message}; ${this.#order.says} was tried for ${spoken(this.#elapsed)}`)
    }
    const what = `${fault.code === 'bmc/unreachable' ? 'the BMC must answer' : 'the BMC must be ready'}: ${fault.message}`
    if (!this.#turn.task.status?.waitingFor) {
      this.#log.warn('BMC in trouble, trying again', { ...this.#facts, reason: fault.message, code: fault.code })
      if (fault.code === 'bmc/unreachable') this.#record(trouble('bmc-unreachable', fault.message, this.#evidence))
    }
    return this.#later(what, false)
  }

  get #elapsed(): number {
    const { task, parts } = this.#turn
    return parts.host.clock.now() - Date.parse(task.status?.startTime ?? timestamp(parts.host.clock))
  }

  get #deadline(): number {
    return settingsOf(this.#turn.parts).taskDeadline
  }

  /** Not yet: says what it waits for and until when, once, and when to look again. */
  async #later(what: string, reachable: boolean): Promise<Next | undefined> {
    const { task, world, parts, connection } = this.#turn
    if (this.#elapsed >= this.#deadline) {
      return this.#fail(`${what}, and did not within ${spoken(this.#elapsed)} (BMC ${connection?.host})`)
    }
    // Written when what it waits for changes, not at each look: a status that changes wakes whoever watches it.
    if (task.status?.waitingFor?.what !== what) {
      const since = timestamp(parts.host.clock)
      const until = rfc3339(Date.parse(task.status?.startTime ?? since) + this.#deadline)
      const waitingFor = { what, who: `BMC ${connection?.host}`, since, until, next: 'the task fails' }
      await writeStatus(world, Task, task, { waitingFor })
    }
    return { lookAgainIn: lookAgain(this.#elapsed, reachable) }
  }
}

function rfc3339(milliseconds: number): string {
  return timestamp({ now: () => milliseconds, wait: () => Promise.resolve() })
}

function spoken(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
