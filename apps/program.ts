import { Command, Option } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { backup } from './backup.ts'
import { crds } from './cli/crds.ts'
import { hardwareCheck } from './cli/hardware-check.ts'
import { logs } from './cli/logs.ts'
import { machines } from './cli/machines.ts'
import { addCommand, type Doors, examplesText } from './cli/program.ts'
import { timeline } from './cli/timeline.ts'
import { EXIT_TEXT } from './explain.ts'
import { restore } from './restore.ts'
import { GROUPS, SETTINGS, type SettingName } from './settings.ts'

/** Every command of bellhop, in the order of its help. */
export function programOf(doors: Doors): Command {
  const program = new Command('bellhop')
    .description('From switched-off metal to an installed operating system, with a reason for every wait.')
    .version(packageJson.version)
    .showHelpAfterError('(bellhop --help shows every command, bellhop COMMAND --help its settings)')
    .addHelpText('after', EXIT_TEXT)
    .exitOverride()
  program.commandsGroup('The server:')
  addUp(program, doors)
  for (const one of [backup, restore]) addCommand(program, one, doors)
  program.commandsGroup('What the machines do (clients of a running server):')
  for (const one of [machines, timeline, logs]) addCommand(program, one, doors)
  program.commandsGroup('Before it begins:')
  program.helpCommand('help [command]', 'Show what a command takes')
  addCommand(program, crds(packageJson.version), doors)
  const hardware = program.command('hardware').summary('Check a hardware list: hardware check FILE')
  addCommand(hardware.description('Lists of machines.'), hardwareCheck, doors)
  return program
}

const UP_EXAMPLES = {
  'bellhop up --interface eth1 --hardware-csv hardware.csv': 'serve the machines of a list',
  'bellhop up --interface eth1 --interface eth2': 'two networks',
  'bellhop up --interface eth1 --kubeconfig ~/.kube/config': 'on a Kubernetes cluster that is there already',
  'bellhop up --config /etc/bellhop.yaml': 'settings from a file, such as "interface: eth1"',
  'BELLHOP_INTERFACE=eth1 bellhop up': 'settings from the environment',
}

function addUp(program: Command, { signal, environment }: Doors): void {
  const command = program
    .command('up')
    .summary('Serve a network: DHCP, TFTP, HTTP, syslog, metadata, BMCs, workflows, and the Kubernetes API')
    .description(
      'Serves a network until it is told to stop (Ctrl-C, SIGTERM). Every setting may also stand in the environment as ' +
        'BELLHOP_… (--http-port as BELLHOP_HTTP_PORT), or in the file given with --config (http-port: 8080); flags win ' +
        'over the environment, that over the file.',
    )
    .addOption(new Option('--config <file>', 'settings, as YAML').helpGroup(GROUPS.serve))
    .addHelpText('after', `\n${examplesText(UP_EXAMPLES)}`)
  for (const name of Object.keys(SETTINGS) as SettingName[]) command.addOption(optionOf(name))
  command.action(async flags => {
    // The server is most of the program: the other commands answer without loading it.
    const { up } = await import('./up.ts')
    await up({ flags, environment, signal, version: packageJson.version })
  })
}

function optionOf(name: SettingName): Option {
  const setting = SETTINGS[name]
  const many = 'many' in setting
  const standard = setting.default
  const toggle = 'toggle' in setting
  const shown = standard === undefined || standard === '' || many || toggle ? '' : ` (default ${standard})`
  const value = toggle ? '' : ` <${setting.value}${many ? '...' : ''}>`
  const option = new Option(`--${name}${value}`, `${setting.says}${shown}`)
  return option.helpGroup(GROUPS[setting.group])
}
