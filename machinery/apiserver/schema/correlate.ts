import { isDeepStrictEqual } from 'node:util'
import type { SchemaNode } from '../../api/schema.ts'
import { isObject } from '../registry/served.ts'
import { keyedBy } from './keyed.ts'

/** A value and what stood in its place before an update: invalid parts that nobody changed are tolerated. */
export class Correlated {
  readonly schema: SchemaNode
  readonly value: unknown
  readonly old: unknown
  #equal: boolean | undefined
  #olds: ((item: unknown) => unknown) | undefined

  constructor(schema: SchemaNode, value: unknown, old: unknown) {
    this.schema = schema
    this.value = value
    this.old = old
  }

  /** Nothing where the old value has no such member, or the schema does not know it. */
  key(name: string): Correlated | undefined {
    const { value, old, schema } = this
    if (!isObject(value) || !isObject(old) || !Object.hasOwn(old, name) || !Object.hasOwn(value, name)) return undefined
    const { properties, additionalProperties } = schema
    const known = properties && Object.hasOwn(properties, name) ? properties[name] : undefined
    const of = known ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
    return of && new Correlated(of, value[name], old[name])
  }

  /** Only the items of a list of type map can be told apart. */
  index(at: number): Correlated | undefined {
    const { value, old, schema } = this
    if (!Array.isArray(value) || !Array.isArray(old) || !schema.items) return undefined
    this.#olds ??= keyedBy(schema, old)
    const was = this.#olds(value[at])
    return was === undefined ? undefined : new Correlated(schema.items, value[at], was)
  }

  get unchanged(): boolean {
    this.#equal ??= this.#compare()
    return this.#equal
  }

  /** A member that the schema does not know counts as a changed one. */
  #compare(): boolean {
    const { value, old, schema } = this
    if (isObject(value) && isObject(old)) {
      const keys = Object.keys(value)
      return keys.length === Object.keys(old).length && keys.every(key => this.key(key)?.unchanged === true)
    }
    if (!Array.isArray(value) || !Array.isArray(old) || schema['x-kubernetes-list-type'] !== 'map') {
      return isDeepStrictEqual(value, old)
    }
    return value.length === old.length && value.every((_, at) => this.index(at)?.unchanged === true)
  }
}
