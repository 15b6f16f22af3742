import { resolve } from 'node:path'
import { command } from '../command.ts'
import { LabFault } from '../fault.ts'

/** The real kubectl, as an operator types it. */
export class Kubectl {
  readonly #env: Readonly<Record<string, string>>
  readonly #signal: AbortSignal

  /** `home` is where it may keep what it finds out about the server. */
  constructor(kubeconfig: string, home: string, signal: AbortSignal) {
    this.#env = { KUBECONFIG: resolve(kubeconfig), HOME: resolve(home) }
    this.#signal = signal
  }

  /** `words` as they are typed, apart by spaces. */
  run(words: string, more: Readonly<{ input?: string; env?: Readonly<Record<string, string>> }> = {}): Promise<string> {
    const env = { ...this.#env, ...more.env }
    return command(['kubectl', ...words.split(' ')], { ...more, env, signal: this.#signal })
  }

  /** A listing as rows of cells by column. */
  async table(words: string): Promise<Table> {
    return readTable(await this.run(words))
  }

  /**
   * Runs a command that does not end by itself (`-f`, `-w`). Resolves to the first line that matches, and ends the command.
   */
  async hear(words: string, pattern: RegExp, milliseconds: number): Promise<string> {
    const heard = new AbortController()
    const found: string[] = []
    const onLine = (line: string) => {
      if (!pattern.test(line)) return
      found.push(line)
      heard.abort()
    }
    const signal = AbortSignal.any([heard.signal, this.#signal, AbortSignal.timeout(milliseconds)])
    const ended = await command(['kubectl', ...words.split(' ')], { env: this.#env, signal, onLine }).catch(String)
    const [line] = found
    if (line !== undefined) return line
    throw new LabFault('lab/timeout', `kubectl ${words} said nothing like ${pattern} in ${milliseconds} ms: ${ended}`)
  }
}

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, string>>[]
}

/** kubectl puts columns apart by three spaces; no cell that is looked at here has two in a row. */
export function readTable(text: string): Table {
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const columns = head.trim().split(/\s{2,}/)
  const rows = lines.map(line => {
    const cells = line.trim().split(/\s{2,}/)
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
  })
  return { columns, rows }
}
