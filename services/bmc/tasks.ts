import { BmcMachine, type Connection, Job, Task } from '../../machinery/api/bmc.ts'
import { Secret } from '../../machinery/api/core.ts'
import { isApiFault } from '../../machinery/api/fault.ts'
import { Hardware } from '../../machinery/api/hardware.ts'
import { keyOf } from '../../machinery/api/object.ts'
import { type Controller, controller, type Next, read, type World } from '../../machinery/control/controller.ts'
import { statusOf } from '../../machinery/control/ownership.ts'
import { timestamp } from '../../machinery/host/clock.ts'
import { machineKeys } from './machines.ts'
import type { BmcParts } from './parts.ts'
import { condition, ended, writeStatus } from './status.ts'
import { TaskTurn } from './turn.ts'

/**
 * Carries out one action on one machine, verifies it, and tries again until the deadline whatever may pass by itself.
 * A task starts by saying so: what was written down before it was done is never done twice.
 */
export function tasksController(parts: BmcParts): Controller {
  return controller({
    name: 'bmc/tasks',
    for: Task,
    owns: [statusOf(Task)],
    reads: [read(Job, () => []), read(BmcMachine, () => []), read(Secret, () => []), read(Hardware, () => [])],
    reconcile: async (seen, world) => {
      // Read anew: the cache may be a moment behind what was written last.
      const task = await world.client.get(Task, keyOf(seen))
      if (!task || task.metadata.deletionTimestamp || ended(task.status)) return undefined
      return withoutTask(async () => {
        const started = await begun(task, world, parts)
        const connection = connectionOf(started, world)
        return new TaskTurn({ task: started, connection, world, parts }).take()
      })
    },
  })
}

/** A task that was deleted meanwhile needs nothing more. */
async function withoutTask(work: () => Promise<Next | undefined>): Promise<Next | undefined> {
  try {
    return await work()
  } catch (fault) {
    if (isApiFault(fault, 'NotFound')) return undefined
    throw fault
  }
}

async function begun(task: Task, world: World, { host }: BmcParts): Promise<Task> {
  if (task.status?.startTime) return task
  host.log.info('task started', { name: task.metadata.name, host: task.spec.connection?.host })
  return writeStatus(world, Task, task, { conditions: [condition('Running')], startTime: timestamp(host.clock) })
}

/** The Machine's connection as it is now, so that mending it helps; the task's own copy when it has no Machine. */
function connectionOf(task: Task, world: World): Connection | undefined {
  const [key] = machineKeys(task, world)
  return (key && world.cache(BmcMachine).get(key)?.spec.connection) ?? task.spec.connection
}
