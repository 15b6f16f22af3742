import { HANDOVER } from '../../machinery/api/tink/handover.ts'
import type { WaitingFor, WorkflowAction, WorkflowStatus, WorkflowTask } from '../../machinery/api/workflow.ts'
import { actionFact, type Effect, type End, endFact, handoverFact, imageFacts } from './facts.ts'
import { sameWorker } from './identity.ts'
import {
  currentStep,
  final,
  givesAway,
  handedOver,
  imageName,
  instant,
  rendered,
  type Step,
  stepsOf,
  withAction,
  withCondition,
} from './status.ts'
import { awaited, globalEnd, limited, type Patience } from './waiting.ts'

/** What a worker may report of an action. */
export type Reported = 'STATE_RUNNING' | 'STATE_SUCCESS' | 'STATE_FAILED' | 'STATE_TIMEOUT'

/** What happens to a workflow. */
export type WorkflowEvent =
  /** It cannot be rendered or prepared yet; `reason` is why. */
  | {
      readonly is: 'held'
      readonly waiting: Omit<WaitingFor, 'since'>
      readonly condition?: string
      readonly reason: string
    }
  | {
      readonly is: 'rendered'
      readonly tasks: readonly WorkflowTask[]
      readonly globalTimeout?: number
      /** The machine has to be prepared before its worker can come. */
      readonly prepare: boolean
    }
  | { readonly is: 'preparing'; readonly what: string; readonly who: string }
  | { readonly is: 'prepared' }
  | { readonly is: 'unprepared'; readonly reason: string }
  /** Something said once and for all, such as that network boot is forbidden again. */
  | { readonly is: 'noted'; readonly type: string; readonly reason: string; readonly message: string }
  /** What held a planned workflow back is gone: its worker may come. */
  | { readonly is: 'ready' }
  | { readonly is: 'asked'; readonly worker: string }
  | {
      readonly is: 'reported'
      readonly worker: string
      readonly task: string
      readonly action: string
      readonly state: Reported
      readonly message?: string
      /** How long the worker says that it took. */
      readonly seconds?: number
    }
  /** Time went by: whatever is due is done. */
  | { readonly is: 'time' }

export interface Moment {
  readonly now: number
  readonly patience: Patience
}

/** Why an event changed nothing. `unknown` names what is not there, `foreign` comes from a worker that it is not for. */
export type Refusal = {
  readonly why: 'unknown' | 'foreign' | 'late' | 'doubled' | 'early' | 'out-of-order' | 'wrong-state'
  readonly says: string
}

export interface Turn {
  /** Unchanged, the very same object, when the event changed nothing. */
  readonly status: WorkflowStatus
  readonly effects: readonly Effect[]
  readonly refusal?: Refusal
}

/**
 * The workflow's state machine: a status and an event give the next status and what the journal shall be told. An event that
 * does not fit (late, doubled, reordered, from somebody else) changes nothing and says why.
 */
export function progress(status: WorkflowStatus, event: WorkflowEvent, moment: Moment): Turn {
  if (event.is === 'noted') return noted(status, event, moment)
  if (final(status)) return refused(status, 'late', `the workflow has ended in ${status.state}`)
  if (event.is === 'held') return held(status, event, moment)
  if (event.is === 'rendered') return plan(status, event, moment)
  if (event.is === 'time') return time(status, moment)
  if (!rendered(status)) return refused(status, 'early', 'the workflow has no tasks yet')
  switch (event.is) {
    case 'preparing':
    case 'prepared':
    case 'unprepared':
      return preparation(status, event, moment)
    case 'ready':
      return ready(status, moment)
    case 'asked':
      return asked(status, event.worker, moment)
    case 'reported':
      return reported(status, event, moment)
  }
}

type Of<I extends WorkflowEvent['is']> = Extract<WorkflowEvent, { readonly is: I }>

function refused(status: WorkflowStatus, why: Refusal['why'], says: string): Turn {
  return { status, effects: [], refusal: { why, says } }
}

/** Time stamps that are all that differs are kept, so that nothing is written again and again. */
function held(status: WorkflowStatus, event: Of<'held'>, { now }: Moment): Turn {
  const { waiting, condition, reason } = event
  if (status.state === 'STATE_RUNNING') return refused(status, 'wrong-state', 'the workflow is running already')
  const before = status.waitingFor
  const same = before && before.what === waiting.what && before.next === waiting.next && status.message === reason
  if (same) return { status, effects: [] }
  const since = before?.what === waiting.what ? before.since : instant(now)
  const next: WorkflowStatus = {
    ...status,
    state: status.state ?? 'STATE_PENDING',
    message: reason,
    waitingFor: { ...waiting, since },
  }
  const said = { status: 'False', reason: 'Held', message: reason } as const
  return { status: condition ? withCondition(next, { type: condition, ...said }, now) : next, effects: [] }
}

/** Back from being held; a wait that goes on is left as it is. */
function ready(status: WorkflowStatus, moment: Moment): Turn {
  if (status.state !== 'STATE_PENDING')
    return refused(status, 'wrong-state', `the workflow is ${status.state}, not pending`)
  const { message: _, ...rest } = status
  const next = refreshed(rest, moment)
  const same = next.waitingFor === status.waitingFor && status.message === undefined
  return { status: same ? status : next, effects: [] }
}

function plan(status: WorkflowStatus, event: Of<'rendered'>, { now, patience }: Moment): Turn {
  if (rendered(status)) return refused(status, 'doubled', 'the workflow has been rendered already')
  const { message: _, waitingFor: __, ...rest } = status
  const { tasks, globalTimeout, prepare } = event
  const planned: WorkflowStatus = {
    ...rest,
    state: prepare ? 'STATE_PREPARING' : 'STATE_PENDING',
    tasks,
    ...(globalTimeout && { globalTimeout }),
  }
  const said = {
    type: 'TemplateRenderedSuccess',
    status: 'True',
    reason: 'Complete',
    message: 'template rendered',
  } as const
  const told = withCondition(planned, said, now)
  if (stepsOf(told).length === 0) return end(told, 'STATE_SUCCESS', { moment: { now, patience } })
  if (prepare)
    return {
      status: preparingFor(told, 'the machine is prepared', { who: 'tink-controller', now, patience }),
      effects: [],
    }
  return { status: refreshed(told, { now, patience }), effects: [] }
}

function preparingFor(status: WorkflowStatus, what: string, by: { readonly who: string } & Moment): WorkflowStatus {
  const waitingFor = limited(status, { what, who: by.who, since: instant(by.now), seconds: by.patience.boot })
  return { ...status, waitingFor }
}

function preparation(status: WorkflowStatus, event: Of<'preparing' | 'prepared' | 'unprepared'>, moment: Moment): Turn {
  if (status.state !== 'STATE_PREPARING')
    return refused(status, 'wrong-state', `the workflow is ${status.state}, not preparing`)
  const { message: _, ...rest } = status
  if (event.is === 'unprepared') return end(status, 'STATE_FAILED', { message: event.reason, moment })
  if (event.is === 'prepared') {
    return { status: refreshed({ ...rest, state: 'STATE_PENDING' }, moment), effects: [] }
  }
  const next = preparingFor(rest, event.what, { who: event.who, ...moment })
  return { status: next.waitingFor === status.waitingFor && status.message === undefined ? status : next, effects: [] }
}

function noted(status: WorkflowStatus, { type, reason, message }: Of<'noted'>, { now }: Moment): Turn {
  const before = status.conditions?.find(each => each.type === type)
  if (before?.status === 'True' && before.message === message) return { status, effects: [] }
  return { status: withCondition(status, { type, status: 'True', reason, message }, now), effects: [] }
}

/** A worker asks: it is there, and what its turn is stands in the status. */
function asked(status: WorkflowStatus, worker: string, moment: Moment): Turn {
  const step = currentStep(status)
  if (status.state === 'STATE_PREPARING') return refused(status, 'early', 'the machine is not prepared yet')
  if (!step || handedOver(status)) return refused(status, 'late', 'the installed system has taken over')
  if (!sameWorker(step.task.worker, worker))
    return refused(status, 'foreign', `it is the turn of worker ${step.task.worker}`)
  if (status.currentAction === step.action.name && status.currentTask === step.task.name) return { status, effects: [] }
  return { status: refreshed(status, moment), effects: [] }
}

function reported(status: WorkflowStatus, event: Of<'reported'>, moment: Moment): Turn {
  const step = stepsOf(status).find(({ action, task }) => action.id === event.action && task.id === event.task)
  if (!step) return refused(status, 'unknown', `there is no action ${event.action} in this attempt`)
  if (!sameWorker(step.task.worker, event.worker)) {
    return refused(status, 'foreign', `action ${step.action.name} is for worker ${step.task.worker}`)
  }
  if (step.action.status === 'STATE_SUCCESS')
    return refused(status, 'late', `action ${step.action.name} has succeeded already`)
  if (currentStep(status)?.action.id !== step.action.id) {
    return refused(status, 'out-of-order', `action ${step.action.name} is not the one whose turn it is`)
  }
  if (status.state === 'STATE_PREPARING') return refused(status, 'early', 'the machine is not prepared yet')
  return event.state === 'STATE_RUNNING' ? began(status, step, event, moment) : finished(status, step, event, moment)
}

function began(status: WorkflowStatus, step: Step, event: Of<'reported'>, moment: Moment): Turn {
  if (event.message === HANDOVER.kexec) return taken(status, step, { how: 'kexec', message: HANDOVER.kexec, moment })
  if (step.action.status === 'STATE_RUNNING') {
    return refused(status, 'doubled', `action ${step.action.name} is running already`)
  }
  const startedAt = instant(moment.now)
  const running = withAction(status, step.action.id, { status: 'STATE_RUNNING', startedAt })
  const next: WorkflowStatus = { ...running, state: 'STATE_RUNNING', startedAt: status.startedAt ?? startedAt }
  return { status: refreshed(next, moment), effects: [actionFact(step, 'STATE_RUNNING')] }
}

function finished(status: WorkflowStatus, step: Step, event: Of<'reported'>, moment: Moment): Turn {
  const { state, message } = event
  if (state === 'STATE_RUNNING') return { status, effects: [] }
  const startedAt = step.action.startedAt ?? instant(moment.now - (event.seconds ?? 0) * 1000)
  const seconds = event.seconds ?? Math.max(0, Math.round((moment.now - Date.parse(startedAt)) / 1000))
  const change: Partial<WorkflowAction> = { status: state, startedAt, seconds, ...(message && { message }) }
  const done: WorkflowStatus = {
    ...withAction(status, step.action.id, change),
    state: 'STATE_RUNNING',
    startedAt: status.startedAt ?? startedAt,
  }
  if (state !== 'STATE_SUCCESS') {
    const why = `action ${step.action.name}: ${message ?? 'no reason was given'}`
    const ending = end(done, state, { message: why, moment })
    return { ...ending, effects: [actionFact(step, state, message), ...ending.effects] }
  }
  const effects = [actionFact(step, state), ...imageFacts(step, seconds)]
  if (!step.last) return { status: refreshed(done, moment), effects }
  const rebooting = message === HANDOVER.reboot || imageName(step.action.image) === 'reboot'
  const ending = end(done, 'STATE_SUCCESS', { moment })
  return {
    ...ending,
    effects: [
      ...effects,
      ...ending.effects,
      ...(rebooting ? [handoverFact('reboot', 'The machine reboots into the installed system')] : []),
    ],
  }
}

interface Taking {
  readonly how: 'kexec' | 'reboot'
  readonly message: string
  readonly moment: Moment
}

/** The installed system has the machine: the action stays running for as long as it runs, and nobody waits any more. */
function taken(status: WorkflowStatus, step: Step, { how, message, moment }: Taking): Turn {
  if (handedOver(status)) return refused(status, 'doubled', 'the installed system has taken over already')
  const startedAt = step.action.startedAt ?? instant(moment.now)
  const running = withAction(status, step.action.id, { status: 'STATE_RUNNING', startedAt, message })
  const { message: _, waitingFor: __, ...rest } = running
  const next: WorkflowStatus = { ...rest, state: 'STATE_RUNNING', startedAt: status.startedAt ?? startedAt }
  const said = { type: 'HandedOver', status: 'True', reason: how === 'kexec' ? 'Kexec' : 'Reboot', message } as const
  const effects = [...(step.action.status === 'STATE_RUNNING' ? [] : [actionFact(step, 'STATE_RUNNING')])]
  const says =
    how === 'kexec' ? 'The installed system takes over by kexec' : 'The machine reboots into the installed system'
  return {
    status: refreshed(withCondition(next, said, moment.now), moment),
    effects: [...effects, handoverFact(how, says)],
  }
}

function time(status: WorkflowStatus, moment: Moment): Turn {
  const { waitingFor } = status
  if (handedOver(status) || waitingFor?.until === undefined || moment.now < Date.parse(waitingFor.until))
    return { status, effects: [] }
  const step = currentStep(status)
  if (!step) return { status, effects: [] }
  const whole = globalEnd(status)
  if (whole !== undefined && moment.now >= whole) {
    return timedOut(status, step, { message: `the whole workflow took longer than ${status.globalTimeout} s`, moment })
  }
  if (step.action.status === 'STATE_RUNNING') {
    const how = imageName(step.action.image) === 'kexec' ? 'kexec' : 'reboot'
    if (givesAway(step))
      return taken(status, step, {
        how,
        message: `no report came in its time: the machine is taken to be gone by ${how}`,
        moment,
      })
    const message = `no report came within its timeout of ${step.action.timeout} s and ${moment.patience.report} s more`
    return timedOut(status, step, { message, moment })
  }
  return end(status, 'STATE_TIMEOUT', {
    message: `in vain waited since ${waitingFor.since}: ${waitingFor.what}`,
    moment,
  })
}

/** The running action, if there is one, is marked too. */
function timedOut(
  status: WorkflowStatus,
  step: Step,
  { message, moment }: { readonly message: string; readonly moment: Moment },
): Turn {
  if (step.action.status !== 'STATE_RUNNING') return end(status, 'STATE_TIMEOUT', { message, moment })
  const seconds = Math.max(
    0,
    Math.round((moment.now - Date.parse(step.action.startedAt ?? instant(moment.now))) / 1000),
  )
  const marked = withAction(status, step.action.id, { status: 'STATE_TIMEOUT', seconds, message })
  const ending = end(marked, 'STATE_TIMEOUT', { message: `action ${step.action.name}: ${message}`, moment })
  return { ...ending, effects: [actionFact(step, 'STATE_TIMEOUT', message), ...ending.effects] }
}

interface Ending {
  readonly message?: string
  readonly moment: Moment
}

function end(status: WorkflowStatus, state: End, { message, moment }: Ending): Turn {
  const { waitingFor: _, message: __, ...rest } = status
  const ended: WorkflowStatus = { ...rest, state, endedAt: instant(moment.now), ...(message && { message }) }
  const away = handedOver(ended)
    ? withCondition(
        ended,
        { type: 'HandedOver', status: 'False', reason: 'Reported', message: message ?? '' },
        moment.now,
      )
    : ended
  return { status: refreshed(away, moment), effects: [endFact(state, message)] }
}

/** The fields that are told from the others: whose turn it is, and what is waited for. */
function refreshed(status: WorkflowStatus, { now, patience }: Moment): WorkflowStatus {
  const step = currentStep(status) ?? stepsOf(status).at(-1)
  const { waitingFor: _, ...rest } = status
  const waitingFor = awaited(status, patience, now)
  return {
    ...rest,
    ...(step && { worker: step.task.worker, currentTask: step.task.name, currentAction: step.action.name }),
    ...(waitingFor && { waitingFor }),
  }
}
