import { ApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { shapeOfKind } from '../apply/shape.ts'
import type { Typed, Versions } from '../apply/versions.ts'
import type { Body } from '../store/change.ts'
import { shownOne, storedOne } from './convert.ts'
import { asBody, type Catalog, type Served } from './served.ts'

/** An object as those see it who tell its fields apart. */
export function typed(served: Served, object: unknown): Typed {
  return { apiVersion: apiVersion(served.kind), shape: shapeOfKind(served.traits.schema), object }
}

/** An object of this kind with nothing in it: what a new one is compared with. */
export function blank({ kind, traits }: Served): Body {
  return traits.blank?.() ?? asBody({ apiVersion: apiVersion(kind), kind: kind.kind })
}

/** All versions of a kind, and the way between them. */
export function versionsOf(catalog: Catalog, served: Served): Versions {
  const find = (version: string) => {
    if (version === apiVersion(served.kind)) return served
    return catalog.versions(served.collection).find(one => apiVersion(one.kind) === version)
  }
  return {
    shape: version => {
      const found = find(version)
      return found && shapeOfKind(found.traits.schema)
    },
    convert: async (object, { from, to }) => {
      const [source, target] = [find(from), find(to)]
      if (!source || !target)
        throw new ApiFault('InternalError', `no kind "${served.kind.kind}" is registered for version`)
      return shownOne(target, await storedOne(source, asBody(object)))
    },
  }
}
