import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { buildHookOs, INITRAMFS, KERNEL } from '../hook/build.ts'
import { bundleWorker } from '../hook/bundle.ts'
import type { Log } from '../machinery/host/log.ts'
import { type Config, ConfigFault } from './config.ts'

/** The folder with the installer OS: the one that was named, or one built here, which takes minutes the first time. */
export async function hookOsFolder({ hookosDir, dataDir }: Config, log: Log): Promise<string> {
  if (hookosDir !== undefined) return hookosDir
  const { worker } = await bundleWorker(join(dataDir, 'worker'))
  const { dir } = await buildHookOs({
    cacheDir: join(dataDir, 'cache'),
    workerBundle: worker,
    log: line => log.info('HookOS', { line }),
  })
  return dir
}

/** A folder that was named has to hold both files. */
export async function checkHookOsDir({ hookosDir }: Config): Promise<void> {
  if (hookosDir === undefined) return
  for (const file of [KERNEL, INITRAMFS]) await mustBeThere(hookosDir, file)
}

async function mustBeThere(dir: string, file: string): Promise<void> {
  try {
    await access(join(dir, file))
  } catch (error) {
    const cure = 'build it with `node hook/build.ts --out DIR`, or leave the setting out'
    throw new ConfigFault('config/invalid', `--hookos-dir "${dir}": there is no ${file} in it; ${cure}`, {}, error)
  }
}
