import type { Controller } from '../../machinery/control/controller.ts'
import { jobsController } from './jobs.ts'
import { machinesController } from './machines.ts'
import type { BmcParts } from './parts.ts'
import { tasksController } from './tasks.ts'

/** Rufio's three controllers: what BMCs say, the jobs they get, and the single actions of those. */
export function bmcControllers(parts: BmcParts): Controller[] {
  return [machinesController(parts), jobsController(parts), tasksController(parts)]
}
