import { Command, CommanderError, Option } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { Fault } from '../wire/fault.ts'
import { machines } from './cli/machines.ts'
import { addCommand, type Doors } from './cli/program.ts'
import { timeline } from './cli/timeline.ts'
import { SETTINGS, type SettingName } from './settings.ts'
import { up } from './up.ts'

/** The way in: reads the command line, and is the one place where the process ends. */
async function main(): Promise<number> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  let exitCode = 0
  const ended = (code: number) => {
    exitCode = code
  }
  const doors: Doors = { signal: stop.signal, environment: process.env, ended }
  const program = new Command('bellhop')
    .description('From switched-off metal to an installed operating system, with a reason for every wait.')
    .version(packageJson.version)
    .showHelpAfterError('(bellhop --help shows every command)')
    .exitOverride()
  addUp(program, doors)
  for (const one of [machines, timeline]) addCommand(program, one, doors)
  await program.parseAsync()
  return exitCode
}

function addUp(program: Command, { signal, environment }: Doors): void {
  const command = program
    .command('up')
    .summary('Serve a network: DHCP, TFTP, HTTP, syslog, metadata, BMCs, workflows, and the Kubernetes API')
    .description(
      'Serves a network until it is told to stop. Every setting may also stand in the environment as BELLHOP_… ' +
        '(--http-port as BELLHOP_HTTP_PORT), or in the file given with --config (http-port: 8080).',
    )
    .option('--config <file>', 'settings, as YAML')
  for (const name of Object.keys(SETTINGS) as SettingName[]) command.addOption(optionOf(name))
  command.action(async flags => up({ flags, environment, signal, version: packageJson.version }))
}

function optionOf(name: SettingName): Option {
  const setting = SETTINGS[name]
  const many = 'many' in setting
  const standard = setting.default
  const shown = standard === undefined || standard === '' || many ? '' : ` (default ${standard})`
  return new Option(`--${name} <${setting.value}${many ? '...' : ''}>`, `${setting.says}${shown}`)
}

/** A sentence for what an operator can mend, a trace for what only we can. */
function explain(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode
  if (thrown instanceof Fault) process.stderr.write(`bellhop: ${thrown.message}\n`)
  else
    process.stderr.write(
      `bellhop: this is a bug, please report it:\n${thrown instanceof Error ? thrown.stack : String(thrown)}\n`,
    )
  return 1
}

process.exitCode = await main().catch(explain)
