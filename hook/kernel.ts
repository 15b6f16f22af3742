import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from './command.ts'
import { DRIVERS, NOT_DRIVERS } from './drivers.ts'
import { HookFault } from './fault.ts'
import { chooseModules, parseModules } from './modules.ts'

export interface Kernel {
  readonly version: string
  readonly image: string
  /** A folder holding `lib/modules/<version>` with the chosen modules and indexes made for them. */
  readonly modules: string
  /** Names of the recipe that this kernel has no module for. */
  readonly unknown: readonly string[]
}

/** Takes the kernel out of the unpacked packages, and of its modules the ones that the recipe names. */
export async function prepareKernel(tree: string, folder: string): Promise<Kernel> {
  const [version] = await readdir(join(tree, 'lib', 'modules'))
  if (!version) throw new HookFault('hook/recipe', 'the kernel package holds no modules')
  const all = join(tree, 'lib', 'modules', version)
  await run('depmod', ['-b', tree, version])
  const index = parseModules(await readFile(join(all, 'modules.dep'), 'utf8'), await softdeps(all))
  const chosen = chooseModules(index, { wanted: DRIVERS, unwanted: NOT_DRIVERS })
  const subset = join(folder, 'lib', 'modules', version)
  for (const path of chosen.paths) await copyInto(subset, all, path)
  // depmod complains without these two; the third lets modprobe say that a driver is built in.
  for (const name of ['modules.order', 'modules.builtin', 'modules.builtin.modinfo']) await copyInto(subset, all, name)
  await run('depmod', ['-b', folder, version])
  return { version, image: join(tree, 'boot', `vmlinuz-${version}`), modules: folder, unknown: chosen.unknown }
}

function softdeps(folder: string): Promise<string> {
  return readFile(join(folder, 'modules.softdep'), 'utf8')
}

async function copyInto(target: string, source: string, path: string): Promise<void> {
  await mkdir(dirname(join(target, path)), { recursive: true })
  await copyFile(join(source, path), join(target, path))
}
