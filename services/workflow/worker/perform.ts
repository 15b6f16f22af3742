import type { Clock } from '../../../machinery/host/clock.ts'
import { type Assignment, actionName, type Outcome } from './assignment.ts'
import { Tail } from './lines.ts'
import type { ProgressForwarder } from './progress.ts'
import type { Exit, ProcessId, Runner, Running } from './runner.ts'

export interface Performance {
  readonly runner: Runner
  readonly clock: Clock
  readonly line: (text: string) => void
  readonly progress: ProgressForwarder
  /** Notes which process runs, before anything else happens. */
  readonly started: (process: ProcessId) => Promise<void>
  /** Aborted when the worker itself has to end. */
  readonly signal: AbortSignal
}

const LINES = 20
const LONGEST = 2_000

/** Runs an action to its end, whatever end that is. Rejects only when the worker is called off meanwhile. */
export async function perform(assignment: Assignment, performance: Performance): Promise<Outcome> {
  const { runner, clock } = performance
  const startedAt = clock.now()
  const ended = (part: Pick<Outcome, 'ending' | 'message' | 'handover'>): Outcome => ({
    startedAt,
    endedAt: clock.now(),
    ...part,
    message: part.message.slice(0, LONGEST),
  })
  const action = actionName(assignment.image)
  if (!runner.actions.includes(action)) return ended(unknown(assignment.image, action, runner.actions))
  const tail = new Tail(LINES)
  const running = await begin(assignment, action, tail, performance)
  if (running instanceof Error) return ended({ ending: 'FAILED', message: `${action}: ${running.message}` })
  const { exit, late } = await within(assignment.timeout, running, performance)
  if (late && exit.code !== 0) {
    const message = `it did not end within ${assignment.timeout} s and was stopped${lastSaid(tail)}`
    return ended({ ending: 'TIMEOUT', message })
  }
  return ended(judged(action, exit, tail))
}

async function begin(
  { environment }: Assignment,
  action: string,
  tail: Tail,
  { runner, line, progress, started }: Performance,
): Promise<Running | Error> {
  const heard = (text: string) => {
    tail.add(text)
    line(text)
  }
  try {
    const running = await runner.start({ action, environment, line: heard, progress: each => progress.update(each) })
    await noted(running, started)
    return running
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}

/** What cannot be noted must not run: after a restart nobody would know of it. */
async function noted(running: Running, started: Performance['started']): Promise<void> {
  try {
    await started(running.process)
  } catch (error) {
    running.stop()
    await running.ended
    throw error
  }
}

/** Waits for the end, and brings it about when the time is over or the worker is called off. */
async function within(timeout: number, running: Running, { clock, signal }: Performance) {
  const over = new AbortController()
  const either = AbortSignal.any([over.signal, signal])
  let late = false
  const limit = timeout === 0 ? undefined : clock.wait(timeout * 1000, either).then(() => (late = true))
  limit?.catch(() => undefined) // called off: it ended in time, or the worker has to
  void limit?.then(
    () => running.stop(),
    () => undefined,
  )
  const stop = () => running.stop()
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  const exit = await running.ended
  signal.removeEventListener('abort', stop)
  over.abort()
  signal.throwIfAborted()
  return { exit, late }
}

function judged(action: string, exit: Exit, tail: Tail): Pick<Outcome, 'ending' | 'message' | 'handover'> {
  const { code, signal, message, handover } = exit
  if (code === 0) return { ending: 'SUCCESS', message: message ?? 'it ended well', ...(handover ? { handover } : {}) }
  const how = code === null ? `was ended by ${signal}` : `ended with code ${code}`
  return { ending: 'FAILED', message: message ?? `${action} ${how}${lastSaid(tail)}` }
}

function unknown(image: string, action: string, known: readonly string[]): Pick<Outcome, 'ending' | 'message'> {
  const message = `the image "${image}" names the action "${action}", which is not built in; there is ${known.join(', ')}`
  return { ending: 'FAILED', message }
}

function lastSaid(tail: Tail): string {
  const text = tail.text(LONGEST / 2)
  return text === '' ? '; it said nothing' : `; its last lines:\n${text}`
}
