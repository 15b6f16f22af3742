import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ApiFault } from '../../api/fault.ts'
import type { Shown } from './play.ts'

/** What a real kube-apiserver answered to the cases of one area. */
export interface Record {
  /** The version of the server that was asked. */
  readonly server: string
  readonly cases: Readonly<{ [name: string]: readonly Shown[] }>
}

const FOLDER = join(import.meta.dirname, 'recorded')
const PENDING = join(import.meta.dirname, 'pending.json')

/** By area and name: what we answer otherwise and mean to mend. */
export type Pending = Readonly<{ [area: string]: Readonly<{ [name: string]: string }> }>

export function readRecord(area: string): Record {
  const path = join(FOLDER, `${area}.json`)
  if (!existsSync(path)) return { server: '', cases: {} }
  return JSON.parse(readFileSync(path, 'utf8'))
}

export function writeRecord(area: string, record: Record): void {
  writeFileSync(join(FOLDER, `${area}.json`), `${layout(record)}\n`)
}

export const readPending = (): Pending => JSON.parse(readFileSync(PENDING, 'utf8'))
export const writePending = (pending: Pending): void => writeFileSync(PENDING, `${layout(pending)}\n`)

/** The answers to a case as they were recorded. */
export function recordedFor(record: Record, name: string): readonly Shown[] {
  const found = record.cases[name]
  if (!found)
    throw new ApiFault('NotFound', `no answers are recorded for "${name}": play it against a real server with --record`)
  return found
}

const WIDTH = 120

/** JSON in which whatever fits on a line stands on a line. */
export function layout(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value)
  if (typeof value !== 'object' || value === null || flat.length + indent.length < WIDTH) return flat
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const parts = Array.isArray(value)
    ? value.map(item => inner + layout(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${layout(item, inner)}`)
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`
}
