import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { forbidden, invalid, notSupported, required } from './cause.ts'

const SET_ITEM = 'must be atomic as item of a list with x-kubernetes-list-type=set'

/** What is wrong with the types of lists and maps, and with the keys of lists. */
export function listFaults(schema: SchemaNode, path: string): StatusCause[] {
  const listType: string | undefined = schema['x-kubernetes-list-type']
  const mapType: string | undefined = schema['x-kubernetes-map-type']
  return [
    ...ofType(schema, path, { keyword: 'x-kubernetes-map-type', type: 'object', said: mapType }),
    ...supported(mapType, ['atomic', 'granular'], `${path}.x-kubernetes-map-type`),
    ...ofType(schema, path, { keyword: 'x-kubernetes-list-type', type: 'array', said: listType }),
    ...(schema.type === 'array' && listType === 'set' ? setFaults(schema, path) : []),
    ...supported(listType, ['atomic', 'set', 'map'], `${path}.x-kubernetes-list-type`),
    ...keyFaults(schema, path),
    ...(listType === 'map' ? mapFaults(schema, path) : []),
    ...(listType === 'set' || listType === 'map' ? nullFaults(schema, path) : []),
  ]
}

type Keyword = { readonly keyword: string; readonly type: string; readonly said: string | undefined }

function ofType(schema: SchemaNode, path: string, { keyword, type, said }: Keyword): StatusCause[] {
  if (said === undefined || schema.type === type) return []
  const why = `must be ${type} if ${keyword} is specified`
  return [schema.type ? invalid(`${path}.type`, schema.type, why) : required(`${path}.type`, why)]
}

function supported(said: string | undefined, values: readonly string[], path: string): StatusCause[] {
  return said === undefined || values.includes(said) ? [] : [notSupported(path, said, values)]
}

/** The API server shows the type of the list within for both, which is none for an object. */
function setFaults({ items }: SchemaNode, path: string): StatusCause[] {
  const listType = items?.['x-kubernetes-list-type']
  if (items?.type === 'array' && listType !== undefined && listType !== 'atomic') {
    return [invalid(`${path}.items.x-kubernetes-list-type`, listType, SET_ITEM)]
  }
  if (items?.type !== 'object' || items['x-kubernetes-map-type'] === 'atomic') return []
  return [invalid(`${path}.items.x-kubernetes-map-type`, listType ?? null, SET_ITEM)]
}

function keyFaults(schema: SchemaNode, path: string): StatusCause[] {
  const listType = schema['x-kubernetes-list-type']
  if ((schema['x-kubernetes-list-map-keys'] ?? []).length === 0 || listType === 'map') return []
  const why = 'must be map if x-kubernetes-list-map-keys is non-empty'
  const field = `${path}.x-kubernetes-list-type`
  return [listType === undefined ? required(field, why) : invalid(field, listType, why)]
}

function mapFaults(schema: SchemaNode, path: string): StatusCause[] {
  const { items } = schema
  const keys = schema['x-kubernetes-list-map-keys'] ?? []
  const faults: StatusCause[] = []
  if (keys.length === 0) {
    const why = 'must not be empty if x-kubernetes-list-type is map'
    faults.push(required(`${path}.x-kubernetes-list-map-keys`, why))
  }
  if (!items) return [...faults, required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map')]
  if (items.type !== 'object') {
    const why = "must be object if parent array's x-kubernetes-list-type is map"
    return [...faults, invalid(`${path}.items.type`, items.type ?? '', why)]
  }
  return [...faults, ...keys.flatMap((key, at) => oneKeyFaults(schema, path, { key, again: keys.indexOf(key) < at }))]
}

type Key = { readonly key: string; readonly again: boolean }

function oneKeyFaults(schema: SchemaNode, path: string, { key, again }: Key): StatusCause[] {
  const field = `${path}.x-kubernetes-list-map-keys`
  const shown = stringsText(schema['x-kubernetes-list-map-keys'] ?? [])
  const known = schema.items?.properties?.[key]
  const faults: StatusCause[] = []
  if (!known) faults.push(raw(field, shown, 'entries must all be names of item properties'))
  else if (known.type === 'array' || known.type === 'object') {
    const why = "must be a scalar type if parent array's x-kubernetes-list-type is map"
    faults.push(invalid(`${path}.items.properties[${key}].type`, schema.items?.type, why))
  }
  if (again) faults.push(raw(field, shown, 'must not contain duplicate entries'))
  return faults
}

/** `%#v` of a `[]string`. */
function stringsText(values: readonly string[]): string {
  return `[]string{${values.map(value => JSON.stringify(value)).join(', ')}}`
}

function raw(field: string, shown: string, why: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${shown}: ${why}`, field }
}

function nullFaults(schema: SchemaNode, path: string): StatusCause[] {
  const { items } = schema
  const type = schema['x-kubernetes-list-type']
  const faults: StatusCause[] = []
  if (items?.nullable) {
    faults.push(forbidden(`${path}.items.nullable`, `cannot be nullable when x-kubernetes-list-type is ${type}`))
  }
  if (type !== 'map') return faults
  const why = 'this property is in x-kubernetes-list-map-keys, so it'
  for (const key of schema['x-kubernetes-list-map-keys'] ?? []) {
    const of = items?.properties?.[key]
    if (!of) continue
    const field = `${path}.items.properties[${key}]`
    if (!items?.required?.includes(key) && of.default === undefined) {
      faults.push(required(`${field}.default`, `${why} must have a default or be a required property`))
    }
    if (of.nullable) faults.push(forbidden(`${field}.nullable`, `${why} cannot be nullable`))
  }
  return faults
}
