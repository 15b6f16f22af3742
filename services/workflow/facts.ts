import type { Observation } from '../../machinery/api/journal.ts'
import type { WorkflowState } from '../../machinery/api/workflow.ts'
import { imageName, type Step } from './status.ts'

/** What the journal shall be told once the status is written: an observation without its subject and workflow. */
export type Effect = Omit<Observation, 'of'>

const CODES = {
  STATE_RUNNING: ['action-started', 'started'],
  STATE_SUCCESS: ['action-succeeded', 'succeeded'],
  STATE_FAILED: ['action-failed', 'failed'],
  STATE_TIMEOUT: ['action-timeout', 'ran into its timeout'],
} as const

/** An action began or ended. */
export function actionFact({ action }: Step, state: keyof typeof CODES, message?: string): Effect {
  const [what, verb] = CODES[state]
  const bad = state === 'STATE_FAILED' || state === 'STATE_TIMEOUT'
  return {
    stage: 'workflow',
    what,
    says: `Action ${action.name} ${verb}${bad && message ? `: ${message}` : ''}`,
    evidence: { action: action.name, image: action.image },
    ...(bad && { severity: 'warning' }),
  }
}

const ENDS = {
  STATE_SUCCESS: ['workflow-succeeded', 'Every action succeeded'],
  STATE_FAILED: ['workflow-failed', 'The workflow failed'],
  STATE_TIMEOUT: ['workflow-timeout', 'The workflow ran into a timeout'],
} as const

export type End = keyof typeof ENDS & WorkflowState

/** The workflow came to its end. */
export function endFact(state: End, message?: string): Effect {
  const [what, says] = ENDS[state]
  const bad = state !== 'STATE_SUCCESS'
  return {
    stage: 'workflow',
    what,
    says: bad && message ? `${says}: ${message}` : says,
    ...(bad && { severity: 'warning' }),
  }
}

const IMAGES = new Set(['image2disk', 'oci2disk', 'qemuimg2disk', 'archive2disk'])

/** The operating system is on the disk; nothing for other actions. */
export function imageFacts({ action }: Step, seconds: number): readonly Effect[] {
  if (!IMAGES.has(imageName(action.image))) return []
  const evidence = { action: action.name, seconds: String(seconds) }
  return [{ stage: 'image', what: 'image-done', says: `The image is on the disk after ${seconds} s`, evidence }]
}

/** The installed system takes the machine over. */
export function handoverFact(how: 'kexec' | 'reboot', says: string): Effect {
  return { stage: 'boot', what: how, says }
}
