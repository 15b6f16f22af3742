import type { Host } from '../../host/host.ts'
import type { Store } from '../store/store.ts'
import type { Admission } from './admission.ts'
import type { Authorizer } from './authorizer.ts'
import type { Catalog } from './served.ts'

/** What every verb works on. */
export interface Room {
  readonly store: Store
  readonly catalog: Catalog
  readonly host: Host
  readonly admission: readonly Admission[]
  readonly authorizer: Authorizer
}
