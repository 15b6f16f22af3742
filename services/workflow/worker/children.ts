import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { decodeEvent, EVENT_FD, EVENT_FD_VARIABLE } from '../../../machinery/api/tink/event.ts'
import type { Clock } from '../../../machinery/host/clock.ts'
import { lines } from './lines.ts'
import type { Exit, Job, ProcessId, Runner, Running } from './runner.ts'

export interface ChildrenSettings {
  readonly clock: Clock
  readonly actions: readonly string[]
  /** Program and arguments, before the action's name. */
  readonly command: readonly [string, ...string[]]
  /** What every action finds in its environment beside its own variables. */
  readonly environment: Readonly<Record<string, string>>
  /** Milliseconds between "please end" and "you are ended". */
  readonly grace?: number
}

const GRACE = 10_000
const POLL = 50

/** Runs actions as children, each the head of a process group of its own, so that all of it can be ended. */
export function childRunner(settings: ChildrenSettings): Runner {
  return {
    actions: settings.actions,
    start: job => start(settings, job),
    end: process => end(settings, process),
  }
}

async function start(settings: ChildrenSettings, job: Job): Promise<Running> {
  const [program, ...args] = settings.command
  const environment = { ...settings.environment, ...job.environment, [EVENT_FD_VARIABLE]: String(EVENT_FD) }
  const child = spawn(program, [...args, job.action], {
    detached: true, // a process group of its own
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: environment,
  })
  const ended = exitOf(child, job)
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  const pid = child.pid ?? 0
  return {
    process: { pid, started: (await startTime(pid)) ?? '' },
    ended,
    stop: () => void stopGroup(pid, ended, settings),
  }
}

/** First everything that it said, then its end: what it started may not outlive it, nor hold its output open. */
function exitOf(child: ChildProcess, job: Job): Promise<Exit> {
  const said: { message?: string; handover?: 'reboot' | 'kexec' } = {}
  const [, stdout, stderr, events] = child.stdio
  for (const output of [stdout, stderr]) lines(output as Readable, job.line)
  lines(events as Readable, line => {
    const event = decodeEvent(line)
    if (!event) return
    if ('progress' in event) job.progress(event.progress)
    else Object.assign(said, event)
  })
  child.once('exit', () => killGroup(child.pid ?? 0, 'SIGKILL'))
  return new Promise<Exit>(resolve => child.once('close', (code, signal) => resolve({ code, signal, ...said })))
}

async function stopGroup(pid: number, ended: Promise<unknown>, { clock, grace = GRACE }: ChildrenSettings) {
  const over = new AbortController()
  void ended.then(() => over.abort())
  killGroup(pid, 'SIGTERM')
  try {
    await clock.wait(grace, over.signal)
    killGroup(pid, 'SIGKILL')
  } catch (error) {
    if (!over.signal.aborted) throw error
  }
}

async function end({ clock, grace = GRACE }: ChildrenSettings, { pid, started }: ProcessId): Promise<void> {
  if (started === '' || (await startTime(pid)) !== started) return
  killGroup(pid, 'SIGTERM')
  for (let waited = 0; (await startTime(pid)) === started; waited += POLL) {
    if (waited >= grace) killGroup(pid, 'SIGKILL')
    await clock.wait(POLL)
  }
  killGroup(pid, 'SIGKILL')
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 1) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Field 22 of /proc/PID/stat; undefined when there is no such process, or only its grave. */
async function startTime(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined
    throw error
  }
}
