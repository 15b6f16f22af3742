import { stat } from 'node:fs/promises'
import type { Clock } from '../../../machinery/host/clock.ts'
import { ActionFault } from '../fault.ts'
import { isMissing } from '../program.ts'
import type { World } from '../world.ts'
import type { Target } from './target.ts'

const ATTEMPTS = 10
const PAUSE = 500

/** Makes the kernel forget the old partitions and see the new ones, and waits until each has its device node. */
export async function rereadPartitions(target: Target, world: World): Promise<readonly string[]> {
  if (!target.isWholeDisk) return []
  await reread(target, world)
  const names = await target.partitions()
  await nodesOf(names, world.clock, world.signal)
  return names
}

/** Right after the last write something may still look at the disk; then the kernel answers "busy". */
async function reread(target: Target, { run, clock, signal }: World): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const busy = await failure(run('blockdev', ['--rereadpt', target.path], { signal }))
    if (!busy && (await target.partitions()).length > 0) return
    // partx reads the table itself and tells the kernel, which may not know this kind of table, or allow it only so.
    const refused = await failure(run('partx', ['--update', target.path], { signal }))
    if (!busy || !refused) return // without a table there is nothing to see, and that is no fault
    if (attempt === ATTEMPTS) {
      const sentence = `${target.path}: the kernel does not take the new partition table: ${busy.message}`
      throw new ActionFault('action/partitions', sentence, {}, busy)
    }
    await clock.wait(PAUSE, signal)
  }
}

async function failure(work: Promise<unknown>): Promise<ActionFault | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof ActionFault) return error
    throw error
  }
}

async function nodesOf(names: readonly string[], clock: Clock, signal: AbortSignal): Promise<void> {
  for (const name of names) {
    for (let attempt = 1; ; attempt++) {
      try {
        await stat(`/dev/${name}`)
        break
      } catch (error) {
        if (!isMissing(error)) throw error
        if (attempt === ATTEMPTS * 2) {
          throw new ActionFault('action/partitions', `/dev/${name} did not appear`, { partition: name }, error)
        }
        await clock.wait(PAUSE, signal)
      }
    }
  }
}
