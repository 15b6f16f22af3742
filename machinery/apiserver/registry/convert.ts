import type { Body } from '../store/change.ts'
import type { Served } from './served.ts'

// Objects are kept in one version of their kind and shown in any that is served.

/** Stored objects as the version that was asked for shows them. */
export async function shown(served: Served, stored: readonly Body[]): Promise<readonly Body[]> {
  return served.conversion ? served.conversion.fromStored(stored) : stored
}

export async function shownOne(served: Served, stored: Body): Promise<Body> {
  if (!served.conversion) return stored
  const [object = stored] = await served.conversion.fromStored([stored])
  return object
}

/** An object as it is kept. */
export async function storedOne(served: Served, object: Body): Promise<Body> {
  if (!served.conversion) return object
  const [stored = object] = await served.conversion.toStored([object])
  return stored
}
