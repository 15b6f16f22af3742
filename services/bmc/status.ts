import type { Job, Task } from '../../machinery/api/bmc.ts'
import type { Kind } from '../../machinery/api/kind.ts'
import { keyOf } from '../../machinery/api/object.ts'
import type { World } from '../../machinery/control/controller.ts'

// Jobs and Tasks show their progress in one shape.

export type Progress = NonNullable<Task['status']>
type Condition = NonNullable<Progress['conditions']>[number]
/** A change of status: what is null is taken away. */
export type Change = { readonly [K in keyof Progress]?: Progress[K] | null }

export function condition(type: string, message?: string): Condition {
  return { type, status: 'True', ...(message !== undefined && { message }) }
}

export function has(status: Progress | undefined, type: string): boolean {
  return status?.conditions?.some(one => one.type === type && one.status === 'True') ?? false
}

/** Whether it came to an end, good or bad. */
export function ended(status: Progress | undefined): boolean {
  return has(status, 'Completed') || has(status, 'Failed')
}

export function messageOf(status: Progress | undefined, type: string): string | undefined {
  return status?.conditions?.find(one => one.type === type)?.message
}

export function completed(at: string): Change {
  return { conditions: [condition('Completed')], completionTime: at, waitingFor: null }
}

export function failed(message: string): Change {
  return { conditions: [condition('Failed', message)], waitingFor: null }
}

/**
 * Writes the status of an object that this room alone writes: no version is compared, so that somebody's new label
 * does not make a machine be switched twice.
 */
export function writeStatus<T extends Job | Task>(world: World, kind: Kind<T>, object: T, status: Change): Promise<T> {
  return world.client.patch(kind, keyOf(object), { subresource: 'status', body: { status } })
}
