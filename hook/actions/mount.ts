import { mkdtemp, rmdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ActionFault } from './fault.ts'
import { isMissing } from './program.ts'
import type { World } from './world.ts'

export interface MountWhat {
  readonly device: string
  /** Undefined: the kernel finds out. */
  readonly type: string | undefined
  readonly readOnly?: boolean
}

const PATIENCE = 30_000
const PAUSE = 500

/** Mounts a file system, does something in it, and unmounts it whatever happened; what was written is then on the disk. */
export async function withMount<T>(what: MountWhat, world: World, work: (root: string) => Promise<T>): Promise<T> {
  await awaitDevice(what.device, world)
  const root = await mkdtemp(join(tmpdir(), 'bellhop-mount-'))
  try {
    const options = what.readOnly ? 'ro' : 'rw'
    const type = what.type ? ['-t', what.type] : []
    await world.run('mount', [...type, '-o', options, what.device, root], { signal: world.signal })
    return await releasing(root, world, work)
  } finally {
    await rmdir(root)
  }
}

async function releasing<T>(root: string, world: World, work: (root: string) => Promise<T>): Promise<T> {
  let result: T
  try {
    result = await work(root)
  } catch (error) {
    await unmount(root, world).catch(late => world.log(`besides: ${late instanceof Error ? late.message : late}`))
    throw error
  }
  await unmount(root, world)
  return result
}

/** Without the action's signal: an action that is called off has to leave a clean file system too. */
export async function unmount(path: string, { run, clock }: World): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await run('umount', [path])
      return
    } catch (error) {
      if (!(error instanceof ActionFault) || attempt === 10) throw error
      await clock.wait(PAUSE)
    }
  }
}

/** A partition may appear a little after its disk was written. */
export async function awaitDevice(path: string, { clock, signal, log }: World): Promise<void> {
  for (let waited = 0; ; waited += PAUSE) {
    try {
      const found = await stat(path)
      if (found.isBlockDevice()) return
      throw new ActionFault('action/device', `${path} is not a block device`)
    } catch (error) {
      if (!isMissing(error)) throw error
      if (waited >= PATIENCE) throw new ActionFault('action/device', `${path} is not there`, {}, error)
      if (waited === 0) log(`waiting for ${path}`)
      await clock.wait(PAUSE, signal)
    }
  }
}
