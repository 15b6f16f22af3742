import type { WorkflowAction, WorkflowState, WorkflowStatus, WorkflowTask } from '../../machinery/api/workflow.ts'

export type Condition = NonNullable<WorkflowStatus['conditions']>[number]

/** The time as the API shows it: UTC, whole seconds. */
export function instant(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`
}

/** An action and where it stands in the workflow. */
export interface Step {
  readonly task: WorkflowTask
  readonly action: WorkflowAction
  /** Nothing comes after it. */
  readonly last: boolean
}

const FINAL: ReadonlySet<WorkflowState | undefined> = new Set([
  'STATE_SUCCESS',
  'STATE_FAILED',
  'STATE_TIMEOUT',
  'STATE_POST',
])

/** Whether a workflow has come to its end, whatever end. */
export function final(status: WorkflowStatus | undefined): boolean {
  return FINAL.has(status?.state)
}

export function rendered(status: WorkflowStatus | undefined): boolean {
  return (status?.tasks?.length ?? 0) > 0
}

/** All actions in the order in which they run. */
export function stepsOf(status: WorkflowStatus | undefined): readonly Step[] {
  const steps = (status?.tasks ?? []).flatMap(task => task.actions.map(action => ({ task, action })))
  return steps.map((step, at) => ({ ...step, last: at === steps.length - 1 }))
}

/** The action whose turn it is: the first that has not succeeded. */
export function currentStep(status: WorkflowStatus | undefined): Step | undefined {
  return stepsOf(status).find(({ action }) => action.status !== 'STATE_SUCCESS')
}

export function conditionOf(status: WorkflowStatus | undefined, type: string): Condition | undefined {
  return status?.conditions?.find(each => each.type === type)
}

/** Whether an installed system has taken the machine over: nobody is left to report. */
export function handedOver(status: WorkflowStatus | undefined): boolean {
  return conditionOf(status, 'HandedOver')?.status === 'True'
}

/** The status with one condition set; its time moves only when it turns. */
export function withCondition(status: WorkflowStatus, fresh: Omit<Condition, 'time'>, now: number): WorkflowStatus {
  const before = conditionOf(status, fresh.type)
  const time = before?.status === fresh.status && before.time ? before.time : instant(now)
  const others = (status.conditions ?? []).filter(each => each.type !== fresh.type)
  return { ...status, conditions: [...others, { ...fresh, time }] }
}

/** The status with one action changed. */
export function withAction(status: WorkflowStatus, id: string, change: Partial<WorkflowAction>): WorkflowStatus {
  const tasks = (status.tasks ?? []).map(task => ({
    ...task,
    actions: task.actions.map(action => (action.id === id ? { ...action, ...change } : action)),
  }))
  return { ...status, tasks }
}

/** The image's own name, without registry, tag and digest. */
export function imageName(image: string): string {
  const [path = ''] = image.split('@')
  return (path.split('/').at(-1) ?? '').replace(/:.*$/, '')
}

/** Actions that give the machine away, so that no report may ever come. */
export function givesAway({ action, last }: Step): boolean {
  return last && ['kexec', 'reboot'].includes(imageName(action.image))
}
