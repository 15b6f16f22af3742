import { writeFile } from 'node:fs/promises'
import { passed, stageTimes } from '../show/milestones.ts'
import type { View } from './follow.ts'
import type { Built } from './open.ts'
import type { Plan } from './plan.ts'

export interface MachineReport {
  readonly name: string
  readonly firmware: string
  readonly ok: boolean
  /** Where it failed and why. */
  readonly failure?: { readonly stage: string; readonly reason: string }
  /** Seconds from switching on to each milestone. */
  readonly stages: Readonly<Record<string, number>>
}

/** What a run came to; `.lab/report.json`. */
export interface Report {
  readonly ok: boolean
  readonly started: string
  readonly seconds: number
  readonly acceleration: string
  readonly machines: readonly MachineReport[]
}

interface Run {
  readonly plans: readonly Plan[]
  readonly view: View
  readonly built: Built
  readonly started: number
  readonly ended: number
}

export function reportOf({ plans, view, built, started, ended }: Run): Report {
  const outcomes = view.outcomes()
  const machines = plans.map((plan): MachineReport => {
    const outcome = outcomes.get(plan.name)
    const stages = stageTimes(passed(view.facts(plan)))
    const { name, firmware } = plan
    if (outcome?.is !== 'failed') return { name, firmware, ok: outcome?.is === 'home', stages }
    return { name, firmware, ok: false, failure: { stage: outcome.stage, reason: outcome.reason }, stages }
  })
  return {
    ok: machines.every(({ ok }) => ok),
    started: new Date(started).toISOString(),
    seconds: Math.round((ended - started) / 1000),
    acceleration: built.acceleration,
    machines,
  }
}

/** The lab did not come as far as its machines. */
export function failedReport(reason: string, started: number, ended: number): Report & { readonly failure: object } {
  const failure = { stage: 'set-up', reason }
  const seconds = Math.round((ended - started) / 1000)
  return {
    ok: false,
    started: new Date(started).toISOString(),
    seconds,
    acceleration: 'unknown',
    machines: [],
    failure,
  }
}

export async function writeReport(file: string, report: Report): Promise<void> {
  await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`)
}

/** The end of a run as a person reads it. */
export function summary(report: Report): readonly string[] {
  const names = [...new Set(report.machines.flatMap(({ stages }) => Object.keys(stages)))].filter(
    name => name !== 'power-on',
  )
  const cell = (text: string) => text.padStart(12)
  const rows = report.machines.map(machine => {
    const times = names.map(name => cell(machine.stages[name]?.toFixed(1) ?? '-')).join('')
    return `${machine.name.padEnd(8)}${machine.firmware.padEnd(6)}${times}`
  })
  const failures = report.machines.flatMap(({ name, failure }) =>
    failure ? [`${name} failed at "${failure.stage}": ${failure.reason}`] : [],
  )
  const head = `${'machine'.padEnd(14)}${names.map(cell).join('')}`
  const how = `Seconds from switching on (${report.acceleration}):`
  return [...(names.length > 0 ? [how, head, ...rows] : []), ...failures]
}
