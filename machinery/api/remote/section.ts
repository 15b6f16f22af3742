import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Fault } from '../../../wire/fault.ts'

export type KubeconfigCode =
  | 'kubeconfig/unreadable'
  | 'kubeconfig/invalid'
  | 'kubeconfig/unsupported'
  | 'kubeconfig/plugin' // a program that shall give credentials gave none

/** The file that says how to reach a cluster is not usable. */
export class KubeconfigFault extends Fault<KubeconfigCode> {}

/** One mapping of the file, read by field. */
export class Section {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #path: string
  readonly #directory: string

  constructor(value: unknown, path: string, directory: string) {
    this.#fields = isMapping(value) ? value : {}
    this.#path = path
    this.#directory = directory
  }

  has(name: string): boolean {
    return Boolean(this.#fields[name])
  }

  /** As it stands in the file. */
  raw(name: string): unknown {
    return this.#fields[name]
  }

  text(name: string): string | undefined {
    const value = this.#fields[name]
    return value === undefined || value === null || value === '' ? undefined : String(value)
  }

  file(name: string): string | undefined {
    const path = this.text(name)
    return path === undefined ? undefined : resolve(this.#directory, path)
  }

  list(name: string): readonly unknown[] {
    const value = this.#fields[name]
    return Array.isArray(value) ? value : []
  }

  /** In the file itself, as base64 under `NAME-data`. */
  data(name: string): string | undefined {
    const data = this.text(`${name}-data`)
    return data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8')
  }

  within(name: string): Section {
    return new Section(this.#fields[name], this.#path, this.#directory)
  }

  named(list: string, field: string, name: string): Section {
    const found = this.list(list).find(entry => isMapping(entry) && entry.name === name)
    if (!isMapping(found)) {
      const sentence = `${this.#path} has no ${field} named ${JSON.stringify(name)}`
      throw new KubeconfigFault('kubeconfig/invalid', sentence)
    }
    return new Section(found[field], this.#path, this.#directory)
  }
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the system does not permit it to this user',
  EISDIR: 'it is a folder',
}

/** The text of a file that a kubeconfig, or whoever names one, points at. */
export function readText(path: string, cure: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = REASONS[(error as { code?: string }).code ?? ''] ?? (error as Error).message
    throw new KubeconfigFault('kubeconfig/unreadable', `${path} cannot be read: ${why}; ${cure}`, { path }, error)
  }
}
