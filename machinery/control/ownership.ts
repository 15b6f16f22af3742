import type { Client } from '../api/client.ts'
import { type Kind, resourceName } from '../api/kind.ts'
import type { KubeObject } from '../api/object.ts'
import { ControlFault } from './fault.ts'
import { guardedClient, type Part } from './guard.ts'

/** Something that is written, and by whom: alone, or among several who each write their own objects or fields. */
export interface Claim {
  readonly kind: Kind
  readonly part: Part
  readonly shared: boolean
}

/** Nobody else in the house writes objects of this kind. */
export function objectsOf<T extends KubeObject>(kind: Kind<T>): Claim {
  return { kind, part: 'object', shared: false }
}

/** Nobody else in the house writes the status of this kind. */
export function statusOf<T extends KubeObject>(kind: Kind<T>): Claim {
  return { kind, part: 'status', shared: false }
}

/** Others write here too, all of whom say so: each its own objects, or under the version that it read. */
export function shared(claim: Claim): Claim {
  return { ...claim, shared: true }
}

function textOf({ kind, part }: Pick<Claim, 'kind' | 'part'>): string {
  return part === 'object' ? resourceName(kind) : `${resourceName(kind)}/${part}`
}

/** Who writes what: filled while the house is wired, and the wiring fails where two claim to be the only one. */
export class Ownership {
  readonly #owners = new Map<string, { readonly by: string; readonly shared: boolean }>()

  /** Throws a ControlFault when somebody else has claimed one of these alone, or is asked to share what it did not. */
  claim(by: string, claims: readonly Claim[]): void {
    for (const claim of claims) {
      const what = textOf(claim)
      const owner = this.#owners.get(what)
      if (owner && owner.by !== by && !(owner.shared && claim.shared)) {
        const sentence = `${what} is owned by ${owner.by} and ${by}; one of them must stop writing it, or both must share it`
        throw new ControlFault('control/owned-twice', sentence, { resource: what })
      }
      this.#owners.set(what, { by, shared: claim.shared })
    }
  }
}

/** The same client, which refuses to write what was not claimed. Reading is free. */
export function claimedClient(client: Client, by: string, claims: readonly Claim[]): Client {
  const owned = new Set(claims.map(textOf))
  return guardedClient(client, (kind, part) => {
    const what = textOf({ kind, part })
    if (owned.has(what)) return
    throw new ControlFault('control/not-owner', `${by} writes ${what}, which it does not own`, { resource: what })
  })
}
