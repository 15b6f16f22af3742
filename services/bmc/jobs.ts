import { BmcMachine, Job, Task } from '../../machinery/api/bmc.ts'
import { isApiFault } from '../../machinery/api/fault.ts'
import { apiVersion, make } from '../../machinery/api/kind.ts'
import { keyOf, keyText } from '../../machinery/api/object.ts'
import {
  type Controller,
  controller,
  type Next,
  ownerKeys,
  read,
  type World,
} from '../../machinery/control/controller.ts'
import { objectsOf, statusOf } from '../../machinery/control/ownership.ts'
import { timestamp } from '../../machinery/host/clock.ts'
import { type BmcParts, settingsOf, WHO } from './parts.ts'
import { type Change, completed, condition, ended, failed, has, messageOf, writeStatus } from './status.ts'

/** What a job needs next. */
export type JobStep =
  | { readonly do: 'create'; readonly index: number }
  | { readonly do: 'wait'; readonly index: number }
  | { readonly do: 'complete' }
  | { readonly do: 'fail'; readonly says: string }

/** Told from its tasks as they are, in their order; undefined is one that is not there yet. */
export function nextStep(wanted: number, tasks: readonly (Task | undefined)[]): JobStep {
  for (let index = 0; index < wanted; index++) {
    const task = tasks[index]
    // A task that was deleted after later ones were made has had its turn: it is not run again.
    if (!task && tasks.slice(index).some(Boolean)) continue
    if (!task) return { do: 'create', index }
    if (has(task.status, 'Failed')) {
      return {
        do: 'fail',
        says: `task ${task.metadata.name} failed: ${messageOf(task.status, 'Failed') ?? 'no reason given'}`,
      }
    }
    if (!has(task.status, 'Completed')) return { do: 'wait', index }
  }
  return { do: 'complete' }
}

export function taskName(job: Job, index: number): string {
  return `${job.metadata.name}-task-${index}`
}

/** The label that the documents' users select tasks by; a label's value has at most 63 characters. */
const OWNER_LABEL = 'owner-name'

/** The task at this place of the job, with the connection as it is now: what `kubectl describe` shows. */
export function taskFor(job: Job, index: number, machine: BmcMachine): Task {
  const { name, namespace, uid = '' } = job.metadata
  const [action = {}] = job.spec.tasks.slice(index)
  return make(Task, {
    metadata: {
      name: taskName(job, index),
      ...(namespace !== undefined && { namespace }),
      labels: { [OWNER_LABEL]: name.slice(0, 63).replace(/[^a-zA-Z0-9]+$/, '') },
      ownerReferences: [
        { apiVersion: apiVersion(Job), kind: Job.kind, name, uid, controller: true, blockOwnerDeletion: true },
      ],
    },
    spec: { task: action, connection: machine.spec.connection },
  })
}

/** Runs a job's tasks one after another. A task that is there already is taken for what it is: twice is once. */
export function jobsController(parts: BmcParts): Controller {
  return controller({
    name: 'bmc/jobs',
    for: Job,
    owns: [statusOf(Job), objectsOf(Task)],
    reads: [read(Task, task => ownerKeys(Job, task)), read(BmcMachine, (machine, world) => jobsOn(machine, world))],
    reconcile: async (seen, world) => {
      // Read anew: the cache may be a moment behind what was written last.
      const job = await world.client.get(Job, keyOf(seen))
      if (!job || job.metadata.deletionTimestamp || ended(job.status)) return undefined
      return new JobTurn(await begun(job, world, parts), world, parts).take()
    },
  })
}

async function begun(job: Job, world: World, { host }: BmcParts): Promise<Job> {
  if (job.status?.startTime) return job
  host.log.info('job started', { name: job.metadata.name, machine: job.spec.machineRef.name })
  return writeStatus(world, Job, job, { conditions: [condition('Running')], startTime: timestamp(host.clock) })
}

class JobTurn {
  readonly #job: Job
  readonly #world: World
  readonly #parts: BmcParts

  constructor(job: Job, world: World, parts: BmcParts) {
    this.#job = job
    this.#world = world
    this.#parts = parts
  }

  async take(): Promise<Next | undefined> {
    const step = nextStep(this.#job.spec.tasks.length, await this.#tasks())
    switch (step.do) {
      case 'create':
        return this.#create(step.index)
      case 'wait':
        return this.#wait(`task ${taskName(this.#job, step.index)} must complete`, WHO)
      case 'complete':
        this.#log.info('job completed', this.#facts)
        return this.#write(completed(timestamp(this.#parts.host.clock)))
      case 'fail':
        this.#log.error('job failed', { ...this.#facts, reason: step.says })
        return this.#write(failed(step.says))
    }
  }

  get #log() {
    return this.#parts.host.log
  }

  get #facts() {
    return { name: this.#job.metadata.name, machine: this.#job.spec.machineRef.name }
  }

  #tasks(): Promise<(Task | undefined)[]> {
    const { namespace } = this.#job.metadata
    const keys = this.#job.spec.tasks.map((_, index) => ({ ...keyOf(this.#job), name: taskName(this.#job, index) }))
    return Promise.all(
      keys.map(async key => {
        const task = await this.#world.client.get(Task, namespace === undefined ? { name: key.name } : key)
        return task && this.#owns(task) ? task : undefined
      }),
    )
  }

  /** A task that nobody owns is adopted; one of an earlier job of this name will be collected, and is waited for. */
  #owns({ metadata }: Task): boolean {
    const owner = metadata.ownerReferences?.find(reference => reference.controller)
    return owner === undefined || owner.uid === this.#job.metadata.uid
  }

  async #create(index: number): Promise<Next | undefined> {
    const { machineRef } = this.#job.spec
    const machine = await this.#world.client.get(BmcMachine, machineRef)
    if (!machine) return this.#wait(`Machine ${keyText(machineRef)} must exist`, 'whoever made the Job')
    try {
      await this.#world.client.create(Task, taskFor(this.#job, index, machine))
      this.#log.info('task created', { ...this.#facts, task: taskName(this.#job, index) })
      return await this.#wait(`task ${taskName(this.#job, index)} must complete`, WHO)
    } catch (fault) {
      if (!isApiFault(fault, 'AlreadyExists')) throw fault
      return this.#wait(`task ${taskName(this.#job, index)} of an earlier job must be gone`, 'the garbage collector')
    }
  }

  /** Waits for a task as long as the task does, which ends by itself; for anything else until the deadline. */
  async #wait(what: string, who: string): Promise<Next | undefined> {
    const { clock } = this.#parts.host
    const { waitingFor } = this.#job.status ?? {}
    const known = waitingFor?.what === what ? waitingFor : undefined
    if (!known) await this.#write({ waitingFor: { what, who, since: timestamp(clock) } })
    if (who === WHO) return undefined
    const waited = known ? clock.now() - Date.parse(known.since) : 0
    if (waited < settingsOf(this.#parts).taskDeadline) return { lookAgainIn: LOOK_AGAIN }
    this.#log.error('job failed', { ...this.#facts, reason: what })
    return this.#write(failed(`${what}, and did not in ${Math.round(waited / 1000)} s`))
  }

  async #write(status: Change): Promise<undefined> {
    await writeStatus(this.#world, Job, this.#job, status)
  }
}

const LOOK_AGAIN = 2000

function jobsOn(machine: BmcMachine, world: World) {
  const changed = keyText(keyOf(machine))
  const waiting = world
    .cache(Job)
    .all()
    .filter(job => !ended(job.status) && keyText(job.spec.machineRef) === changed)
  return waiting.map(keyOf)
}
