import { mkdir } from 'node:fs/promises'
import { words } from './boot/words.ts'
import { ActionFault } from './fault.ts'
import { confine } from './file/confine.ts'
import { unmount, withMount } from './mount.ts'
import type { Action, World } from './world.ts'

const KERNEL_FOLDERS = ['/dev', '/proc', '/sys'] as const
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * Runs commands inside the installed system. Variables: BLOCK_DEVICE, FS_TYPE, CMD_LINE, DEFAULT_INTERPRETER (such as
 * `/bin/sh -c`, which then gets CMD_LINE as one word). CHROOT is accepted, and always so: elsewhere there are no commands.
 */
export const cexec: Action = async world => {
  const { variables } = world
  const device = variables.path('BLOCK_DEVICE')
  const commands = commandsOf(variables.required('CMD_LINE'), variables.text('DEFAULT_INTERPRETER'))
  const mount = { device, type: variables.word('FS_TYPE') }
  await withMount(mount, world, root => bound(root, world, () => all(root, commands, world)))
  return { message: `ran ${commands.length === 1 ? 'one command' : `${commands.length} commands`} in ${device}` }
}

/** Without an interpreter: commands apart by `;`, words apart by spaces, quotes as in a shell. Variables are not replaced. */
export function commandsOf(line: string, interpreter: string | undefined): string[][] {
  if (interpreter) return [[...words(interpreter), line]]
  const commands = splitCommands(line).map(each => words(each))
  const real = commands.filter(command => command.length > 0)
  if (real.length === 0) throw new ActionFault('action/variable', `CMD_LINE is "${line}": there is no command in it`)
  return real
}

function splitCommands(line: string): string[] {
  return line.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^;])+/gs) ?? []
}

async function all(root: string, commands: readonly string[][], { run, signal, log, env }: World): Promise<void> {
  for (const command of commands) {
    await run('chroot', [root, ...command], { signal, log, env: { ...env, PATH } })
  }
}

/** With the kernel's folders inside, as programs expect them; they are taken away again in the reverse order. */
async function bound(root: string, world: World, work: () => Promise<void>): Promise<void> {
  const mounted: string[] = []
  try {
    for (const folder of KERNEL_FOLDERS) {
      const { existing, missing } = await confine(root, folder)
      const place = [existing, ...missing].join('/')
      if (missing.length > 0) await mkdir(place)
      await world.run('mount', ['-o', 'bind', folder, place], { signal: world.signal })
      mounted.push(place)
    }
    await work()
  } finally {
    for (const place of mounted.reverse()) await unmount(place, world)
  }
}
