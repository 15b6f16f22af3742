import { ApiFault } from '../../api/fault.ts'
import type { Served } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { columnsOf } from './columns.ts'
import type { Column } from './printer.ts'

export interface TableOptions {
  readonly served: Served
  readonly now: number
  /** `includeObject` of the request: how much of each object comes along. */
  readonly include: string | null
}

export interface ListMeta {
  readonly resourceVersion?: string | undefined
  readonly continue?: string
  readonly remainingItemCount?: number
}

interface Table {
  readonly kind: 'Table'
  readonly apiVersion: string
  readonly metadata: ListMeta
  readonly columnDefinitions: readonly object[]
  readonly rows: readonly object[]
}

/** Objects as rows (apimachinery `meta/v1` Table): what `kubectl get` prints. */
export function tableOf(items: readonly Body[], meta: ListMeta, options: TableOptions): Table {
  const columns = columnsOf(options.served)
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: meta,
    columnDefinitions: columns.map(definition),
    rows: items.map(object => ({
      cells: columns.map(column => column.cell(object, options.now)),
      object: included(object, options.include),
    })),
  }
}

function definition({ name, type, format = '', description = '', priority = 0 }: Column): object {
  return { name, type, format, description, priority }
}

function included(object: Body, include: string | null): object | null {
  if (include === 'None') return null
  if (include === 'Object') return object
  if (include !== null && include !== '' && include !== 'Metadata') {
    throw new ApiFault(
      'BadRequest',
      `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(include)}: must be 'Metadata', 'Object', 'None', or empty`,
    )
  }
  return partial(object)
}

/** Only who it is, not what it says. */
export function partial(object: Body): object {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata }
}
