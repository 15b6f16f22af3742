import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { alone, type Figure } from './figure.ts'

interface Report {
  readonly acceleration: string
  readonly machines: readonly { readonly name: string; readonly stages: Readonly<Record<string, number>> }[]
}

const FIRMWARE = ['bios', 'uefi']

/** Seconds from power-on to each stage, one machine of each firmware installed in the lab, its caches warm. */
export async function* boot(): AsyncIterable<Figure> {
  for (const firmware of FIRMWARE) {
    const report = await runLab(firmware)
    for (const machine of report.machines) {
      for (const [stage, seconds] of Object.entries(machine.stages)) {
        if (stage !== 'power-on') yield alone(`${firmware}, ${report.acceleration}: power-on to ${stage}, s`, seconds)
      }
    }
  }
}

async function runLab(firmware: string): Promise<Report> {
  const env = { ...process.env, ONCE: '1', MACHINES: '1', FIRMWARE: firmware }
  const lab = spawn(process.execPath, ['lab/main.ts'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(lab, 'exit')
  if (code !== 0) throw new Error(`the lab ended with ${code}; .lab/report.json says why`)
  return JSON.parse(await readFile('.lab/report.json', 'utf8')) as Report
}
