import type { Client } from '../api/client.ts'
import { isApiFault } from '../api/fault.ts'
import type { Kind } from '../api/kind.ts'
import { type KubeObject, keyFrom, keyOf, keyText, type ObjectKey } from '../api/object.ts'
import type { Host } from '../host/host.ts'
import { aborted } from '../host/scope.ts'
import { Caches } from './caches.ts'
import type { Informer } from './informer.ts'
import { type Claim, claimedClient, Ownership } from './ownership.ts'
import { WorkQueue } from './queue.ts'

/** What a reconciler may say: when to look again. Whatever fails, it throws, and is called again later. */
export interface Next {
  /** Milliseconds. */
  readonly lookAgainIn?: number
}

/** What a reconciler sees and may do: caches to read, one client to write. */
export interface World {
  readonly client: Client
  readonly host: Host
  /** The cache of a kind that the controller declared. */
  cache<T extends KubeObject>(kind: Kind<T>): Informer<T>
}

/** Which objects of the controller's kind are touched by a change of an object it reads. */
export interface Read<R extends KubeObject = KubeObject> {
  readonly kind: Kind<R>
  readonly wakes: (changed: R, world: World) => readonly ObjectKey[]
}

/** A controller declares what it is for, what it reads besides, what it alone writes, and how one object is brought on. */
export interface Controller {
  readonly name: string
  readonly for: Kind
  readonly reads: readonly Read[]
  readonly owns: readonly Claim[]
  readonly reconcile: (key: ObjectKey, world: World) => Promise<Next | undefined>
}

export interface ControllerOf<T extends KubeObject> {
  readonly name: string
  readonly for: Kind<T>
  readonly reads?: readonly Read[]
  /** What it writes; it can write nothing else. */
  readonly owns?: readonly Claim[]
  /** Looks at the world and takes the next step; it is never told what happened. */
  readonly reconcile: (object: T, world: World) => Promise<Next | undefined>
}

export function controller<T extends KubeObject>(options: ControllerOf<T>): Controller {
  return {
    name: options.name,
    for: options.for,
    reads: options.reads ?? [],
    owns: options.owns ?? [],
    reconcile: async (key, world) => {
      const object = world.cache(options.for).get(key)
      return object && options.reconcile(object, world)
    },
  }
}

/** One kind read by a controller, typed; `wakes` maps a change to the objects that must be looked at. */
export function read<R extends KubeObject>(
  kind: Kind<R>,
  wakes: (changed: R, world: World) => readonly ObjectKey[],
): Read {
  return { kind, wakes: (changed, world) => wakes(changed as R, world) }
}

/** The object that controls this one, if it is of the given kind: the usual answer of `wakes` for owned objects. */
export function ownerKeys(kind: Kind, owned: KubeObject): readonly ObjectKey[] {
  const owner = owned.metadata.ownerReferences?.find(reference => reference.controller && reference.kind === kind.kind)
  const { namespace } = owned.metadata
  return owner ? [namespace === undefined ? { name: owner.name } : { namespace, name: owner.name }] : []
}

/** Runs one controller until the signal is aborted; `workers` objects at a time, never one object twice at a time. */
export async function runController(definition: Controller, given: World, signal: AbortSignal): Promise<void> {
  const world = claimedWorld(given, definition)
  const queue = new WorkQueue(world.host.clock)
  void aborted(signal).then(() => queue.close()) // also when it was aborted before
  using _feeding = feed(definition, world, queue)
  const working = new Set<Promise<void>>()
  for (let key = await queue.take(); key !== undefined; key = await queue.take()) {
    const work: Promise<void> = reconcileOne(definition, { key, world, queue }).finally(() => working.delete(work))
    working.add(work)
    if (working.size >= WORKERS) await Promise.race(working)
  }
  await Promise.all(working)
}

/** The world of somebody who writes what was claimed, and nothing else. */
export function claimedWorld(world: World, { name, owns }: Pick<Controller, 'name' | 'owns'>): World {
  return { ...world, client: claimedClient(world.client, name, owns) }
}

const WORKERS = 16

/** Fills the queue with what changes, until what is returned is disposed of: caches outlive a controller. */
function feed(definition: Controller, world: World, queue: WorkQueue): Disposable {
  const feeding = new DisposableStack()
  const own = world.cache(definition.for)
  const add = (object: KubeObject) => queue.add(keyText(keyOf(object)))
  feeding.use(
    own.onChange((now, before) => {
      const object = now ?? before
      if (object) add(object)
    }),
  )
  for (const object of own.all()) add(object)
  for (const other of definition.reads) {
    const wake = (seen: KubeObject | undefined) => {
      if (seen) for (const key of other.wakes(seen, world)) queue.add(keyText(key))
    }
    feeding.use(
      world.cache(other.kind).onChange((now, before) => {
        wake(now)
        if (before !== now) wake(before)
      }),
    )
  }
  return feeding
}

type Turn = { readonly key: string; readonly world: World; readonly queue: WorkQueue }

async function reconcileOne(definition: Controller, { key, world, queue }: Turn): Promise<void> {
  try {
    const next = await definition.reconcile(keyFrom(key), world)
    queue.forget(key)
    if (next?.lookAgainIn !== undefined) queue.addAfter(key, next.lookAgainIn)
  } catch (fault) {
    const wait = queue.addFailed(key)
    // A conflict is the ordinary way to learn that somebody else wrote first; the next look sees it.
    const level = isApiFault(fault, 'Conflict') ? 'debug' : 'warn'
    world.host.log[level]('reconcile failed, trying again', {
      controller: definition.name,
      name: key,
      reason: String(fault),
      wait,
    })
  } finally {
    queue.done(key)
  }
}

/** A controller, and the world as its service sees it. */
export interface Placed {
  readonly controller: Controller
  readonly world: World
}

/**
 * Asks for the caches that a controller reads, so that they are filled before it runs. Throws a ControlFault when it
 * claims what another controller of the house has claimed.
 */
export function place(controller: Controller, world: World, ownership = new Ownership()): Placed {
  ownership.claim(controller.name, controller.owns)
  for (const kind of [controller.for, ...controller.reads.map(other => other.kind)]) world.cache(kind)
  return { controller, world }
}

/** Runs all of them until the signal is aborted, and resolves when the last one has put down its work. */
export async function runControllers(placed: readonly Placed[], signal: AbortSignal): Promise<void> {
  await Promise.all(placed.map(({ controller, world }) => runController(controller, world, signal)))
}

/** A world over one client, its caches its own: for a process with one identity. */
export function worldOf(client: Client, host: Host): World & { readonly caches: Caches } {
  const caches = new Caches(client, host)
  return { client, host, caches, cache: kind => caches.of(kind) }
}
