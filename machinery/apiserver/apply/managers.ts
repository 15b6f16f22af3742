import { isObject } from '../registry/served.ts'
import { quote } from '../schema/gotext.ts'
import { ApplyFault } from './fault.ts'
import { EMPTY, equal, type FieldSet, isEmpty, ordered, readSet } from './set.ts'

export type Operation = 'Apply' | 'Update'

/** Who owns fields, and which (apimachinery `ManagedFieldsEntry`). */
export interface Manager {
  readonly manager: string
  readonly operation: Operation
  readonly apiVersion: string
  /** RFC 3339; absent where nothing changed when it came. */
  readonly time?: string
  readonly subresource?: string
  readonly fields: FieldSet
}

/** By what tells managers apart: {@link managerKey}. */
export type Managers = ReadonlyMap<string, Manager>

/** Whoever applies is one manager whatever the version; whoever updates is one in each. */
export function managerKey({ manager, operation, apiVersion, subresource }: Omit<Manager, 'fields'>): string {
  return JSON.stringify([manager, operation, operation === 'Apply' ? '' : apiVersion, subresource ?? ''])
}

const ENTRIES = new WeakMap<Manager, object>()

/** `metadata.managedFields` as managers; refuses entries that mean nothing. */
export function readManagers(value: unknown): Managers {
  const entries: readonly unknown[] = Array.isArray(value) ? value : []
  return new Map(entries.map((entry, at) => readEntry(entry, at)).map(manager => [managerKey(manager), manager]))
}

function readEntry(entry: unknown, at: number): Manager {
  const { operation, apiVersion, fieldsType, fieldsV1, manager, time, subresource } = isObject(entry) ? entry : {}
  if (operation !== 'Apply' && operation !== 'Update') throw unfit('operation must be `Apply` or `Update`')
  if (typeof apiVersion !== 'string' || apiVersion === '') throw unfit('apiVersion must not be empty')
  if (!fieldsType) throw unfit(`missing fieldsType in managed fields entry ${at}`)
  if (fieldsType !== 'FieldsV1') {
    throw unfit(`invalid fieldsType ${quote(String(fieldsType))} in managed fields entry ${at}`)
  }
  return {
    manager: typeof manager === 'string' ? manager : '',
    operation,
    apiVersion,
    fields: fieldsV1 === undefined || fieldsV1 === null ? EMPTY : knownSet(fieldsV1),
    ...(typeof time === 'string' && { time }),
    ...(typeof subresource === 'string' && subresource !== '' && { subresource }),
  }
}

// Sets that we wrote are read again with the next write of their object: they are as we left them.
const KNOWN = new WeakSet<object>()

function knownSet(value: unknown): FieldSet {
  if (typeof value === 'object' && value !== null && KNOWN.has(value)) return value as FieldSet
  const read = readSet(value)
  KNOWN.add(read)
  return read
}

function unfit(why: string): ApplyFault {
  return new ApplyFault('apply/managed', why)
}

/** Whether a client asks to forget all managers: `[]`, or one entry with nothing in it. */
export function isReset(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  const [first] = value
  return value.length === 0 || (value.length === 1 && isObject(first) && Object.values(first).every(isZero))
}

function isZero(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** Managers as `metadata.managedFields`; undefined when there are none. */
export function writeManagers(managers: Managers): readonly object[] | undefined {
  if (managers.size === 0) return undefined
  return [...managers.values()].sort(byOrder).map(written)
}

function written(one: Manager): object {
  const known = ENTRIES.get(one)
  if (known) return known
  const { manager, operation, apiVersion, time, subresource } = one
  const fieldsV1 = ordered(one.fields)
  KNOWN.add(fieldsV1)
  const entry = {
    ...(manager && { manager }),
    operation,
    apiVersion,
    ...(time !== undefined && { time }),
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...(subresource && { subresource }),
  }
  ENTRIES.set(one, entry)
  return entry
}

/** Appliers first, then the oldest. */
function byOrder(a: Manager, b: Manager): number {
  return (
    byText(a.operation, b.operation) ||
    seconds(a) - seconds(b) ||
    byText(a.manager, b.manager) ||
    byText(a.apiVersion, b.apiVersion) ||
    byText(a.subresource ?? '', b.subresource ?? '')
  )
}

export function byText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

export function seconds({ time }: Manager): number {
  return time === undefined ? 0 : Math.floor(Date.parse(time) / 1000)
}

/** The same manager with other fields. */
export function withFields(manager: Manager, fields: FieldSet): Manager {
  return manager.fields === fields || equal(manager.fields, fields) ? manager : { ...manager, fields }
}

/** Those that own something. */
export function owners(managers: Managers): Managers {
  const gone = [...managers.values()].some(({ fields }) => isEmpty(fields))
  return gone ? new Map([...managers].filter(([, { fields }]) => !isEmpty(fields))) : managers
}
