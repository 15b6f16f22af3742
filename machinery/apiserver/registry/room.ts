import type { Kind } from '../../api/kind.ts'
import type { KubeObject } from '../../api/object.ts'
import type { Host } from '../../host/host.ts'
import type { Body } from '../store/change.ts'
import type { Store } from '../store/store.ts'
import { type Catalog, invalid, type Served } from './served.ts'

/** A write as an admission rule sees it: after defaults, before it is kept. */
export interface AdmissionRequest {
  readonly kind: Kind
  readonly object: KubeObject
  readonly old?: KubeObject
  readonly operation: 'CREATE' | 'UPDATE'
}

/** A sentence refuses the write as `Invalid`. */
export type Admission = (request: AdmissionRequest) => string | undefined | Promise<string | undefined>

/** What every verb works on. */
export interface Room {
  readonly store: Store
  readonly catalog: Catalog
  readonly host: Host
  readonly admission: readonly Admission[]
}

/** How strictly a write is read, and whether it is kept. */
export interface WriteOptions {
  readonly dryRun?: boolean
  /** Told of each field that the schema does not know; what it throws refuses the write. */
  readonly unknown?: (paths: readonly string[]) => void
}

export async function admit(room: Room, served: Served, next: { object: Body; old?: Body }): Promise<void> {
  for (const rule of room.admission) {
    const operation = next.old ? 'UPDATE' : 'CREATE'
    const refusal = await rule({ kind: served.kind, ...next, operation })
    if (refusal === undefined) continue
    throw invalid(served, next.object.metadata.name, [{ reason: 'FieldValueInvalid', message: refusal, field: '' }])
  }
}
