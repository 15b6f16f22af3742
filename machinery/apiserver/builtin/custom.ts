import { isObject } from '../registry/served.ts'
import type { Message } from './message.ts'
import { messageOf } from './message.ts'
import { moment, momentText } from './moment.ts'
import { quantity } from './quantity.ts'

/** Notes what Go's decoder would say, and goes on reading. */
export interface Reading {
  /** Ends a Go decoder at once. */
  readonly fail: (why: string) => void
  /** The same, for a value of another type than the Go type. */
  readonly wrong: (value: unknown, type: string) => void
  /** A value of its own inside this one. */
  readonly inner: (message: Message, value: unknown) => unknown
}

/** A type that has JSON of its own. */
export interface Custom {
  /** The canonical JSON of what was given, which is not null. */
  readonly read: (value: unknown, reading: Reading) => unknown
  /** What Go writes where nothing was said. */
  readonly zero: unknown
}

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'
const EXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.'

/** OpenAPI names of the types that have JSON, and here and there protobuf, of their own. */
export const NAMES = {
  time: `${META}Time`,
  microTime: `${META}MicroTime`,
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  intOrString: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  raw: 'io.k8s.apimachinery.pkg.runtime.RawExtension',
  fields: `${META}FieldsV1`,
  json: `${EXTENSIONS}JSON`,
  schema: `${EXTENSIONS}JSONSchemaProps`,
  schemaOrBool: `${EXTENSIONS}JSONSchemaPropsOrBool`,
  schemaOrArray: `${EXTENSIONS}JSONSchemaPropsOrArray`,
  schemaOrStrings: `${EXTENSIONS}JSONSchemaPropsOrStringArray`,
  verbs: `${META}Verbs`,
  tokenExtra: 'io.k8s.api.authentication.v1.ExtraValue',
  accessExtra: 'io.k8s.api.authorization.v1.ExtraValue',
} as const

const whatever: Custom = { read: value => value, zero: null }

const strings: Custom = {
  zero: null,
  read(value, { wrong }) {
    if (!Array.isArray(value)) wrong(value, 'v1.ExtraValue')
    else {
      const other = value.findIndex(one => typeof one !== 'string')
      if (other < 0) return value
      wrong(value[other], 'string')
    }
    return null
  },
}

function timeOf(precise: 'seconds' | 'micros'): Custom {
  return {
    zero: null,
    read(value, { fail, wrong }) {
      const read = typeof value === 'string' ? moment(value, precise) : undefined
      if (!read) wrong(value, 'string')
      else if (!('fault' in read)) return momentText(read, precise)
      else fail(read.fault)
      return null
    },
  }
}

/** All of them by their OpenAPI names. */
export const CUSTOM: Readonly<Record<string, Custom>> = {
  [NAMES.time]: timeOf('seconds'),
  [NAMES.microTime]: timeOf('micros'),
  [NAMES.raw]: whatever,
  [NAMES.fields]: whatever,
  [NAMES.json]: whatever,
  [NAMES.verbs]: strings,
  [NAMES.tokenExtra]: strings,
  [NAMES.accessExtra]: strings,
  [NAMES.quantity]: {
    zero: '0',
    read(value, { fail }) {
      const read = quantity(typeof value === 'string' ? value.trim() : JSON.stringify(value))
      if (typeof read === 'string') return read
      fail(read.fault)
      return '0'
    },
  },
  [NAMES.intOrString]: {
    zero: 0,
    read(value, { wrong }) {
      if (typeof value === 'string' || isInt32(value)) return value
      wrong(value, 'int32')
      return 0
    },
  },
  [NAMES.schemaOrBool]: {
    zero: null,
    read(value, { fail, inner }) {
      if (typeof value === 'boolean') return value
      if (isObject(value)) return inner(messageOf(NAMES.schema), value)
      fail('boolean or JSON schema expected')
      return false
    },
  },
  [NAMES.schemaOrArray]: {
    zero: null,
    read(value, { inner }) {
      if (Array.isArray(value)) return value.map(one => inner(messageOf(NAMES.schema), one))
      return isObject(value) ? inner(messageOf(NAMES.schema), value) : null
    },
  },
  [NAMES.schemaOrStrings]: {
    zero: null,
    read(value, { inner }) {
      if (Array.isArray(value)) return value
      return isObject(value) ? inner(messageOf(NAMES.schema), value) : null
    },
  },
}

/** The type's own JSON, if it has any. */
export function customOf(type: string): Custom | undefined {
  return Object.hasOwn(CUSTOM, type) ? CUSTOM[type] : undefined
}

function isInt32(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(Number(value)) <= 0x7fffffff
}

/** Go's name for what a JSON value is. */
export function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}
