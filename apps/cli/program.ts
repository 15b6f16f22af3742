import { Option, type Command as Program } from 'commander'
import { remoteClient } from '../../machinery/api/remote/client.ts'
import { loadKubeconfig } from '../../machinery/api/remote/kubeconfig.ts'
import type { Command } from './command.ts'
import { outTo } from './out.ts'

/** What the process hands to its commands. */
export interface Doors {
  readonly signal: AbortSignal
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Told the exit code of the command that ran. */
  readonly ended: (code: number) => void
}

const STANDARD_KUBECONFIG = '/var/lib/bellhop/kubeconfig'

/** Adds a command to the program: its flags and arguments, its help, and the client it is handed. */
export function addCommand(program: Program, command: Command, doors: Doors): void {
  const entry = program.command(command.name).summary(command.summary).description(command.summary)
  for (const { name, says } of command.args) entry.argument(name, says)
  for (const [name, flag] of Object.entries(command.flags)) {
    const option = new Option(`--${name} <${name}>`, flag.says).default(flag.default)
    entry.addOption(flag.choices ? option.choices([...flag.choices]) : option)
  }
  entry.option('--kubeconfig <file>', `how to reach the API; KUBECONFIG, or ${STANDARD_KUBECONFIG}, unless told`)
  entry.action(async (...given: unknown[]) => {
    const args = given.slice(0, command.args.length).map(String)
    const flags = given[command.args.length] as Record<string, string>
    const file = flags.kubeconfig ?? doors.environment.KUBECONFIG ?? STANDARD_KUBECONFIG
    const client = remoteClient(await loadKubeconfig(file))
    const out = outTo(text => process.stdout.write(text))
    doors.ended(await command.run({ flags, args, client, now: Date.now(), out, signal: doors.signal }))
  })
}
