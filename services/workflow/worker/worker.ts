import { RpcFault } from '../../../machinery/api/tink/fault.ts'
import { HANDOVER, type Handover } from '../../../machinery/api/tink/handover.ts'
import type { Host } from '../../../machinery/host/host.ts'
import type { Assignment, Outcome } from './assignment.ts'
import { type Notebook, type Notes, withOutcome } from './notes.ts'
import { perform } from './perform.ts'
import { ProgressForwarder } from './progress.ts'
import type { Runner } from './runner.ts'
import type { Report, TinkServer } from './server.ts'
import type { System } from './system.ts'
import { Waiting } from './waiting.ts'

export interface WorkerParts {
  readonly host: Host
  readonly server: TinkServer
  readonly runner: Runner
  readonly notebook: Notebook
  readonly system: System
  /** One line of an action's output, for console and syslog. */
  readonly output: (action: string, line: string) => void
}

/** What becomes of an action that was running when the worker ended, and is served again: from its start, or a failure. */
const AFTER_RESTART: 'restart' | 'fail' = 'restart'

/** An idle call that took this long was held by the server, and says nothing against asking again at once. */
const HELD = 5_000

/** Refusals that will not change by repeating the same report. */
const FINAL_REFUSALS: ReadonlySet<string> = new Set([
  'rpc/not-found',
  'rpc/invalid-argument',
  'rpc/failed-precondition',
])

/**
 * Asks, runs, reports, one action after another, until the machine is handed over or the signal comes. It never gives up
 * on a server that is away: an action goes on meanwhile, and its report waits.
 */
export async function runWorker(parts: WorkerParts, signal: AbortSignal): Promise<Handover> {
  const worker = new Worker(parts, signal)
  await worker.recover()
  for (;;) {
    const handover = await worker.turn(await worker.ask())
    if (handover) return handover
  }
}

class Worker {
  readonly #parts: WorkerParts
  readonly #signal: AbortSignal
  #notes: Notes = { outcomes: {} }
  /** What an earlier worker was running. */
  #interrupted: string | undefined

  constructor(parts: WorkerParts, signal: AbortSignal) {
    this.#parts = parts
    this.#signal = signal
  }

  /** Ends what an earlier worker left running: the same action must never be at work twice. */
  async recover(): Promise<void> {
    const { notebook, runner, host } = this.#parts
    this.#notes = await notebook.load()
    const { running } = this.#notes
    if (!running) return
    host.log.warn('an earlier worker was ended while it ran an action', { action: running.id })
    await runner.end(running.process)
    this.#interrupted = running.id
    await this.#note({ outcomes: this.#notes.outcomes })
  }

  async ask(): Promise<Assignment> {
    const { host, server } = this.#parts
    const waiting = new Waiting(host)
    for (;;) {
      const began = host.clock.now()
      let [sentence, reason] = ['waiting for a workflow', 'the server has none for this worker']
      try {
        const assignment = await server.next(this.#signal)
        if (assignment) return assignment
      } catch (error) {
        this.#unlessRpc(error)
        sentence = 'waiting for the server'
        reason = reasonOf(error)
      }
      if (host.clock.now() - began >= HELD) waiting.reset()
      await waiting.because(sentence, reason, this.#signal)
    }
  }

  /** One action, from its assignment to the server's knowing how it ended. */
  async turn(assignment: Assignment): Promise<Handover | undefined> {
    const known = this.#notes.outcomes[assignment.id]
    if (known) return this.#close(assignment, known)
    const running = { state: 'RUNNING', message: 'running action', startedAt: this.#parts.host.clock.now() } as const
    if (!(await this.#deliver(assignment, running))) return undefined
    const outcome = await this.#outcomeOf(assignment)
    this.#interrupted = undefined
    if (outcome.handover === 'kexec') return this.#kexec(assignment, outcome)
    await this.#note(withOutcome(this.#notes, assignment.id, outcome))
    return this.#close(assignment, outcome)
  }

  async #outcomeOf(assignment: Assignment): Promise<Outcome> {
    const { host, runner, output, server } = this.#parts
    const { clock } = host
    const log = host.log.with({ action: assignment.name, workflow: assignment.workflow })
    if (AFTER_RESTART === 'fail' && this.#interrupted === assignment.id) {
      return {
        ending: 'FAILED',
        message: 'the worker was ended meanwhile',
        startedAt: clock.now(),
        endedAt: clock.now(),
      }
    }
    log.info(this.#interrupted === assignment.id ? 'action started again from its beginning' : 'action started', {
      image: assignment.image,
    })
    const progress = new ProgressForwarder(clock, this.#signal, each => server.progress(assignment, each, this.#signal))
    const outcome = await perform(assignment, {
      runner,
      clock,
      progress,
      signal: this.#signal,
      line: text => output(assignment.name, text),
      started: process => this.#note({ ...this.#notes, running: { id: assignment.id, process } }),
    })
    await progress.flush()
    const { ending, message } = outcome
    log[ending === 'SUCCESS' ? 'info' : 'error']('action ended', { ending, message })
    return outcome
  }

  async #close(assignment: Assignment, outcome: Outcome): Promise<Handover | undefined> {
    const { ending, startedAt, endedAt, handover } = outcome
    const message = handover === 'reboot' ? HANDOVER.reboot : outcome.message
    const delivered = await this.#deliver(assignment, { state: ending, message, startedAt, endedAt })
    if (!delivered || handover !== 'reboot') return undefined
    this.#parts.host.log.info('rebooting')
    await this.#parts.system.reboot()
    return 'reboot'
  }

  /** The action stays RUNNING for the server: after this nobody is left to report its end. */
  async #kexec(assignment: Assignment, outcome: Outcome): Promise<Handover | undefined> {
    const { startedAt } = outcome
    if (!(await this.#deliver(assignment, { state: 'RUNNING', message: HANDOVER.kexec, startedAt }))) return undefined
    this.#parts.host.log.info('starting the installed system by kexec')
    try {
      await this.#parts.system.kexec()
      return 'kexec'
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      const failed: Outcome = { ending: 'FAILED', message, startedAt, endedAt: this.#parts.host.clock.now() }
      await this.#note(withOutcome(this.#notes, assignment.id, failed))
      return this.#close(assignment, failed)
    }
  }

  /** Reports until the server has it; false when the server will not have it: then the action is no longer ours. */
  async #deliver(assignment: Assignment, report: Report): Promise<boolean> {
    const { host, server } = this.#parts
    const waiting = new Waiting(host)
    for (;;) {
      try {
        await server.report(assignment, report, this.#signal)
        return true
      } catch (error) {
        this.#unlessRpc(error)
        const refused = error instanceof RpcFault && FINAL_REFUSALS.has(error.code)
        const sentence = refused ? 'the server refused a report' : 'waiting to report to the server'
        const facts = `${assignment.name} ${report.state}: ${reasonOf(error)}`
        await waiting.because(sentence, facts, this.#signal) // also when refused: a server that errs is not to be hammered
        if (refused) return false
      }
    }
  }

  async #note(notes: Notes): Promise<void> {
    this.#notes = notes
    await this.#parts.notebook.save(notes)
  }

  #unlessRpc(error: unknown): void {
    this.#signal.throwIfAborted()
    if (!(error instanceof RpcFault)) throw error
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
