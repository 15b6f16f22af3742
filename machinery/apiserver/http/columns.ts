import type { Served } from '../registry/served.ts'
import { AGE, NAME } from './columns/cell.ts'
import { CORE_COLUMNS } from './columns/core.ts'
import { OTHER_COLUMNS } from './columns/others.ts'
import { type Column, printerColumns } from './printer.ts'

const OWN: Readonly<Record<string, readonly Column[]>> = { ...CORE_COLUMNS, ...OTHER_COLUMNS }

/** A kind's columns: those of Kubernetes for its own kinds, else as the kind says; the age alone when it says nothing. */
export function columnsOf({ collection, kind }: Served): readonly Column[] {
  const known = Object.hasOwn(OWN, collection) ? OWN[collection] : undefined
  if (known) return known
  const own = printerColumns(kind.columns)
  return own.length > 0 ? [NAME, ...own] : [NAME, AGE]
}
