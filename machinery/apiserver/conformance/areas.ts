import type { Area } from './case.ts'
import { access } from './cases/access.ts'
import { applies } from './cases/apply.ts'
import { bodies } from './cases/bodies.ts'
import { builtins } from './cases/builtins.ts'
import { cel } from './cases/cel.ts'
import { definitions } from './cases/definitions.ts'
import { deletes } from './cases/deletes.ts'
import { discovery } from './cases/discovery.ts'
import { metadata } from './cases/metadata.ts'
import { namespaces } from './cases/namespaces.ts'
import { options } from './cases/options.ts'
import { pages } from './cases/pages.ts'
import { patches } from './cases/patches.ts'
import { schemas } from './cases/schema.ts'
import { selectors } from './cases/selectors.ts'
import { subresources } from './cases/subresources.ts'
import { tables } from './cases/tables.ts'
import { updates } from './cases/updates.ts'
import { watches } from './cases/watches.ts'

/** Everything that is compared, in the order of docs/kubernetes-api.md. */
export const AREAS: readonly Area[] = [
  discovery,
  bodies,
  metadata,
  namespaces,
  updates,
  options,
  patches,
  applies,
  deletes,
  selectors,
  pages,
  watches,
  tables,
  subresources,
  builtins,
  access,
  definitions,
  schemas,
  cel,
]
