import type { Shape } from './shape.ts'
import { requireShape } from './typecheck.ts'

/** The versions of a kind, between which objects are changed over: managers speak of the fields of their own. */
export interface Versions {
  /** Undefined for a version that is not served any more: its managers are forgotten. */
  shape(apiVersion: string): Shape | undefined
  convert(object: unknown, between: { readonly from: string; readonly to: string }): Promise<unknown>
}

/** An object in one of the versions. */
export interface Typed {
  readonly apiVersion: string
  readonly shape: Shape
  readonly object: unknown
}

/** The same object in another version; undefined when that is not served. It must have the shape of that version. */
export async function inVersion(versions: Versions, typed: Typed, apiVersion: string): Promise<Typed | undefined> {
  if (apiVersion === typed.apiVersion) return typed
  const shape = versions.shape(apiVersion)
  if (!shape) return undefined
  const object = await versions.convert(typed.object, { from: typed.apiVersion, to: apiVersion })
  requireShape(shape, object)
  return { apiVersion, shape, object }
}

/** A version that is the only one. */
export function onlyVersion(apiVersion: string, shape: Shape): Versions {
  return { shape: asked => (asked === apiVersion ? shape : undefined), convert: async object => object }
}
