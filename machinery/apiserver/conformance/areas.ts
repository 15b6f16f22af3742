import type { Area } from './case.ts'
import { applies } from './cases/apply.ts'
import { cel } from './cases/cel.ts'
import { definitions } from './cases/definitions.ts'
import { metadata } from './cases/metadata.ts'
import { pages } from './cases/pages.ts'
import { patches } from './cases/patches.ts'
import { schemas } from './cases/schema.ts'
import { selectors } from './cases/selectors.ts'
import { watches } from './cases/watches.ts'

/** Everything that is compared, in the order of docs/kubernetes-api.md. */
export const AREAS: readonly Area[] = [metadata, selectors, pages, watches, patches, applies, definitions, schemas, cel]
