import { readFile } from 'node:fs/promises'
import { InvalidArgumentError, Option, type Command as Program } from 'commander'
import type { Client } from '../../machinery/api/client.ts'
import { remoteClient } from '../../machinery/api/remote/client.ts'
import { type Kubeconfig, loadKubeconfig } from '../../machinery/api/remote/kubeconfig.ts'
import { podLog } from '../../machinery/api/remote/pod-log.ts'
import { Fault } from '../../wire/fault.ts'
import type { Call, Command, Flag } from './command.ts'
import { outTo } from './out.ts'

/** What the process hands to its commands. */
export interface Doors {
  readonly signal: AbortSignal
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Told the exit code of the command that ran. */
  readonly ended: (code: number) => void
}

const STANDARD_KUBECONFIG = '/var/lib/bellhop/kubeconfig'

/** A file named on the command line cannot be read. */
export class InputFault extends Fault<'cli/unreadable'> {}

/** Adds a command to the program: its flags and arguments, its help, and the client it is handed. */
export function addCommand(program: Program, command: Command, doors: Doors): void {
  const entry = program.command(command.name).summary(command.summary)
  entry.description([`${command.summary}.`, command.more ?? []].flat().join(' '))
  for (const { name, says } of command.args) entry.argument(name, says)
  for (const [name, flag] of Object.entries(command.flags)) entry.addOption(optionOf(name, flag))
  if (!command.local) {
    entry.option('--kubeconfig <file>', `how to reach the API; KUBECONFIG, or ${STANDARD_KUBECONFIG}, unless told`)
  }
  entry.addHelpText('after', `\n${examplesText(command.examples)}`)
  entry.action(async (...given: unknown[]) => {
    const args = given.slice(0, command.args.length).map(String)
    const flags = flagsOf(command, given[command.args.length] as Record<string, unknown>)
    doors.ended(await command.run(callOf({ flags, args }, doors)))
  })
}

/** By the names that the command gave them: Commander writes `data-dir` as `dataDir`. */
function flagsOf({ flags }: Command, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = Object.entries(flags).map(([name, flag]) => {
    return [name, given[optionOf(name, flag).attributeName()] ?? flag.default]
  })
  return { ...given, ...Object.fromEntries(named) }
}

/** Lines to type, and beside them what they do. */
export function examplesText(examples: Command['examples']): string {
  const width = Math.max(...Object.keys(examples).map(line => line.length))
  const lines = Object.entries(examples).map(([line, says]) => `  ${line.padEnd(width)}   ${says}`)
  return ['Examples:', ...lines].join('\n')
}

function optionOf(name: string, { says, default: standard, short, value, choices, read }: Flag): Option {
  const names = `${short ? `-${short}, ` : ''}--${name}${value ? ` <${value}>` : ''}`
  const option = new Option(names, says)
  // Of nothing, no and an empty text the help does not speak: they are what one expects.
  if (standard !== undefined && standard !== false && standard !== '') option.default(standard)
  if (choices) option.choices([...choices])
  if (read) {
    option.argParser(text => {
      const is = read(text)
      if (is === undefined) throw new InvalidArgumentError(`It must be a ${value}.`)
      return is
    })
  }
  return option
}

type Given = Pick<Call<Command['flags']>, 'flags' | 'args'>

/** The API is reached for when a command first asks for it: some work without. */
function callOf({ flags, args }: Given, { environment, signal }: Doors): Call<Command['flags']> {
  let kubeconfig: Kubeconfig | undefined
  let client: Client | undefined
  const load = () => {
    kubeconfig ??= loadKubeconfig(kubeconfigFile(flags, environment), { environment })
    return kubeconfig
  }
  return {
    flags,
    args,
    get client() {
      client ??= remoteClient(load())
      return client
    },
    podLog: (pod, options) => podLog(load(), pod, options),
    readText,
    now: Date.now(),
    out: outTo(text => process.stdout.write(text)),
    signal,
  }
}

/** KUBECONFIG may name several files; the first is taken. */
function kubeconfigFile(flags: Given['flags'], { KUBECONFIG = '' }: Doors['environment']): string {
  if (typeof flags.kubeconfig === 'string') return flags.kubeconfig
  return KUBECONFIG.split(':').find(Boolean) ?? STANDARD_KUBECONFIG
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new InputFault('cli/unreadable', `${file} cannot be read: ${(error as Error).message}`, { file }, error)
  }
}
