import { WireWriter } from '../../protobuf/wire.ts'
import { isObject } from '../../registry/served.ts'
import type { Node } from './node.ts'

// A Swagger 2.0 document in protobuf, with the field numbers of gnostic's `openapiv2/OpenAPIv2.proto`: what kubectl before
// 1.27 asks for. What the documents of this server do not have is not written.

type Value = string | number | boolean | Parts
/** Fields by their numbers, in order; undefined ones are not there. */
type Parts = readonly (readonly [number, Value | undefined])[]

/** The document as bytes. */
export function swaggerBytes(document: object): Buffer {
  const { swagger, info, paths, definitions } = members(document)
  const writer = new WireWriter()
  write(writer, [
    [1, text(swagger)],
    [2, [...fieldsOf(info, { title: 1, version: 2 })]],
    [8, named(paths, 2, pathItem)],
    [9, named(definitions, 1, schema)],
  ])
  return writer.finish()
}

function write(writer: WireWriter, parts: Parts): void {
  for (const [number, value] of parts.toReversed()) {
    if (value === undefined || value === false || value === '' || value === 0) continue
    if (typeof value === 'boolean') {
      writer.byte(1)
      writer.tag(number, 0)
    } else if (typeof value === 'number') {
      if (DOUBLES.has(number)) writer.double(value)
      else writer.varint(value)
      writer.tag(number, DOUBLES.has(number) ? 1 : 0)
    } else {
      const before = writer.length
      if (typeof value === 'string') writer.text(value)
      else write(writer, value)
      writer.head(number, before)
    }
  }
}

/** Numbers of a Schema's fields that are doubles: multipleOf, maximum, minimum. All other numbers are whole. */
const DOUBLES: ReadonlySet<number> = new Set([6, 7, 9])

function members(value: unknown): Node {
  return isObject(value) ? value : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function plain(value: unknown): string | number | boolean | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

function fieldsOf(value: unknown, numbers: Readonly<Record<string, number>>): Parts {
  return Object.entries(numbers).map(([name, number]) => [number, plain(members(value)[name])])
}

function each<T>(list: unknown, number: number, part: (one: unknown) => T & Value): Parts {
  return Array.isArray(list) ? list.map(one => [number, part(one)] as const) : []
}

/** A map in protobuf is a list of names and values. */
function named(map: unknown, number: number, part: (value: Node) => Parts): Parts {
  return Object.entries(members(map)).map(([name, value]) => [
    number,
    [
      [1, name],
      [2, part(members(value))],
    ],
  ])
}

/** Any value is text: YAML, of which JSON is a part. */
const any = (value: unknown): Parts => [[2, `${JSON.stringify(value)}\n`]]

function extensions(of: Node, number: number): Parts {
  return Object.entries(of)
    .filter(([name]) => name.startsWith('x-'))
    .map(([name, value]) => [
      number,
      [
        [1, name],
        [2, any(value)],
      ],
    ])
}

const PLAIN_SCHEMA = {
  ...{ $ref: 1, format: 2, title: 3, description: 4 },
  ...{ multipleOf: 6, maximum: 7, exclusiveMaximum: 8, minimum: 9, exclusiveMinimum: 10 },
  ...{ maxLength: 11, minLength: 12, pattern: 13, maxItems: 14, minItems: 15, uniqueItems: 16 },
  ...{ maxProperties: 17, minProperties: 18 },
}

function schema(node: Node): Parts {
  const { additionalProperties: rest, items, properties, type, required } = node
  return [
    ...fieldsOf(node, PLAIN_SCHEMA),
    ...each(required, 19, String),
    ...each(node.enum, 20, any),
    [21, isObject(rest) ? [[1, schema(rest)]] : rest === true ? [[2, true]] : undefined],
    [22, typeof type === 'string' ? [[1, type]] : undefined],
    [23, isObject(items) ? [[1, schema(items)]] : undefined],
    [25, isObject(properties) ? named(properties, 1, schema) : undefined],
    ...extensions(node, 31),
  ]
}

const METHODS = { get: 2, put: 3, post: 4, delete: 5, patch: 8 } as const

function pathItem(item: Node): Parts {
  const operations = Object.entries(METHODS).map(([method, number]) => {
    const found = item[method]
    return [number, isObject(found) ? operation(found) : undefined] as const
  })
  return [...operations, ...each(item.parameters, 9, parameter)]
}

function operation(node: Node): Parts {
  return [
    ...each(node.tags, 1, String),
    [5, text(node.operationId)],
    ...each(node.produces, 6, String),
    ...each(node.consumes, 7, String),
    ...each(node.parameters, 8, parameter),
    [9, named(node.responses, 1, response)],
    ...each(node.schemes, 10, String),
    ...extensions(node, 13),
  ]
}

function response(node: Node): Parts {
  const body = isObject(node.schema) ? ([[1, schema(node.schema)]] as const) : undefined
  const parts: Parts = [
    [1, text(node.description)],
    [2, body],
  ]
  return [[1, parts]]
}

const PATH = { required: 1, in: 2, description: 3, name: 4, type: 5, uniqueItems: 19 } as const
const QUERY = { required: 1, in: 2, description: 3, name: 4, type: 6, uniqueItems: 20 } as const

function parameter(given: unknown): Parts {
  const node = members(given)
  if (node.in === 'body') {
    const body: Parts = [
      [2, text(node.name)],
      [3, 'body'],
      [4, node.required === true],
      [5, schema(members(node.schema))],
    ]
    return [[1, [[1, body]]]]
  }
  const inPath = node.in === 'path'
  return [[1, [[2, [[inPath ? 4 : 3, fieldsOf(node, inPath ? PATH : QUERY)]]]]]]
}
