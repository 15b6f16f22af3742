import type { Fact } from '../../machinery/api/timeline.ts'
import { imageProgress, MILESTONES, type Passed, passed } from './milestones.ts'

/** A machine as the screen shows it. */
export interface Shown {
  readonly name: string
  readonly facts: readonly Fact[]
}

/** Where the lines go; a terminal can take lines back, a file cannot. */
export interface Paper {
  readonly terminal: boolean
  readonly columns: number
  write(text: string): void
}

const BAR = 24

/**
 * One line a stage and machine, written once when the stage is reached; on a terminal a last line a machine below them
 * that moves: the stage it is in, for how long, and how much of the image is written.
 */
export class Screen {
  readonly #paper: Paper
  readonly #told = new Map<string, number>()
  #moving = 0

  constructor(paper: Paper) {
    this.#paper = paper
  }

  /** A line of its own, above what moves. */
  say(line: string): void {
    this.#clear()
    this.#paper.write(`${line}\n`)
  }

  /** Shows what is new of each machine. */
  show(machines: readonly Shown[], now: number): void {
    this.#clear()
    const ways = machines.map(machine => ({ machine, way: passed(machine.facts) }))
    for (const { machine, way } of ways) this.#tellPassed(machine, way)
    if (!this.#paper.terminal) return
    const lines = ways
      .filter(({ way }) => way.at(-1)?.milestone.name !== 'called-home')
      .map(({ machine, way }) => moving(machine, way, now))
    for (const line of lines) this.#paper.write(`${line.slice(0, this.#paper.columns - 1)}\n`)
    this.#moving = lines.length
  }

  #tellPassed(machine: Shown, way: readonly Passed[]): void {
    const warnings = machine.facts.filter(fact => fact.severity === 'warning')
    for (const step of way.slice(this.#told.get(machine.name) ?? 0)) {
      const at = clockOf(step.at - (way[0]?.at ?? step.at))
      const line = `${at}  ${machine.name}  ${step.milestone.title}  ${evidenceOf(step.fact)}`
      this.#paper.write(`${line.trimEnd()}\n`)
    }
    this.#told.set(machine.name, way.length)
    const key = `${machine.name} warnings`
    for (const fact of warnings.slice(this.#told.get(key) ?? 0))
      this.#paper.write(`      !  ${machine.name}  ${fact.says}\n`)
    this.#told.set(key, warnings.length)
  }

  #clear(): void {
    if (this.#moving > 0) this.#paper.write(`\x1b[${this.#moving}A\x1b[J`)
    this.#moving = 0
  }
}

function moving(machine: Shown, way: readonly Passed[], now: number): string {
  const last = way.at(-1)
  const next = MILESTONES[last ? MILESTONES.indexOf(last.milestone) + 1 : 0]
  const since = last ? clockOf(now - (way[0]?.at ?? now)) : '     '
  const progress = last?.milestone.name === 'worker' ? imageProgress(machine.facts) : undefined
  const doing = progress ? bar(progress) : `waiting until it ${next ? `has passed "${next.title}"` : 'is done'}`
  return `${since}  ${machine.name}  ... ${doing}`
}

/** `[#####     ]  42 %  120 of 280 MB`. */
export function bar({ bytes, total }: { readonly bytes: number; readonly total: number }): string {
  const share = total > 0 ? Math.min(1, bytes / total) : 0
  const full = Math.round(share * BAR)
  const mb = (count: number) => Math.round(count / 1e6)
  return `[${'#'.repeat(full)}${' '.repeat(BAR - full)}] ${String(Math.floor(share * 100)).padStart(3)} %  ${mb(bytes)} of ${mb(total)} MB`
}

/** `m:ss` since switching on. */
export function clockOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  return `${String(Math.floor(seconds / 60)).padStart(2)}:${String(seconds % 60).padStart(2, '0')}`
}

const SHOWN = ['ip', 'file', 'bytes', 'hostname']

function evidenceOf(fact: Fact): string {
  const shown = SHOWN.flatMap(key => (fact.evidence?.[key] ? [`${key} ${fact.evidence[key]}`] : []))
  return shown.length > 0 ? `(${shown.join(', ')})` : ''
}
