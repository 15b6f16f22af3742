import type { StatusCause } from '../../api/fault.ts'
import { invalid, required } from '../schema/cause.ts'
import { type Fields, textOf } from './reading.ts'
import { simplePathFaults } from './subresource-faults.ts'

const TYPES = ['boolean', 'date', 'integer', 'number', 'string']
const FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password']

/** What is wrong with printer columns (apiextensions `ValidateCustomResourceColumnDefinition`). */
export function columnFaults(columns: readonly Fields[] = [], path: string): StatusCause[] {
  return columns.flatMap((column, at) => oneColumn(column, `${path}[${at}]`))
}

function oneColumn(column: Fields, path: string): StatusCause[] {
  const [type, format, jsonPath] = [textOf(column.type), textOf(column.format), textOf(column.jsonPath)]
  const types = `must be one of ${TYPES.join(',')}`
  const formats = `must be one of ${FORMATS.join(',')}`
  return [
    ...(textOf(column.name) === '' ? [required(`${path}.name`)] : []),
    ...(type === '' ? [required(`${path}.type`, types)] : []),
    ...(type !== '' && !TYPES.includes(type) ? [invalid(`${path}.type`, type, types)] : []),
    ...(format !== '' && !FORMATS.includes(format) ? [invalid(`${path}.format`, format, formats)] : []),
    ...(jsonPath === '' ? [required(`${path}.JSONPath`)] : simplePathFaults(jsonPath, `${path}.JSONPath`)),
  ]
}
