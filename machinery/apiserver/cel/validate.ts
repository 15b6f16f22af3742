import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode, ValidationRule } from '../../api/schema.ts'
import { isObject } from '../registry/served.ts'
import { duplicate, forbidden, invalid, required } from '../schema/cause.ts'
import type { Correlated } from '../schema/correlate.ts'
import { keyedBy } from '../schema/keyed.ts'
import { childOf } from '../schema/visit.ts'
import { type Rule, rulesOf } from './rule.ts'
import { schemaType, withMeta } from './schema-type.ts'
import { schemaValue } from './schema-value.ts'
import { Failure, Optional, type Value } from './value.ts'

/** What all rules of an object may cost together (`RuntimeCELCostBudget`). */
const BUDGET = 10_000_000
const LONGEST_MESSAGE = 5 * 1024

interface Place {
  readonly schema: SchemaNode
  readonly value: unknown
  /** What stood here before an update, where that can be told. */
  readonly old: unknown
  readonly path: string
  /** Whether this is a whole object. */
  readonly root: boolean
  readonly was: Ratchet
}

/** A value and the nearest one around it that can be compared with what they were before. */
interface Ratchet {
  readonly current?: Correlated | undefined
  readonly nearest?: Correlated | undefined
}

export interface Start {
  readonly path: string
  /** Whether the value is a whole object. */
  readonly root: boolean
  readonly old?: unknown
  readonly was?: Correlated | undefined
}

/** What the rules of a schema refuse in a value (apiextensions `schema/cel`). */
export function ruleFaults(schema: SchemaNode, value: unknown, { path, root, old, was }: Start): StatusCause[] {
  const check = new Check()
  check.at({ schema, value, old, path, root, was: was ? { current: was } : {} })
  return check.faults
}

export function hasRules(schema: SchemaNode): boolean {
  const known = WITH_RULES.get(schema)
  if (known !== undefined) return known
  const { properties = {}, additionalProperties, items } = schema
  const inside = [...Object.values(properties), additionalProperties, items].filter(of => typeof of === 'object')
  const has = (schema['x-kubernetes-validations']?.length ?? 0) > 0 || inside.some(hasRules)
  WITH_RULES.set(schema, has)
  return has
}

const WITH_RULES = new WeakMap<SchemaNode, boolean>()
const COMPILED = new WeakMap<SchemaNode, readonly Rule[]>()

/** Rules are made ready once a schema, when the first value comes. */
function compiledRules(schema: SchemaNode, root: boolean): readonly Rule[] {
  const known = COMPILED.get(schema)
  if (known) return known
  const type = schema['x-kubernetes-validations']?.length ? schemaType(schema, 'selfType', root) : undefined
  const rules = type ? rulesOf(schema, type) : []
  COMPILED.set(schema, rules)
  return rules
}

class Check {
  readonly faults: StatusCause[] = []
  #budget = BUDGET

  /** Whether to go on. */
  at(place: Place): boolean {
    const { schema, value } = place
    if (value === null || value === undefined || !hasRules(schema)) return true
    if (!this.#rules(place)) return false
    if (Array.isArray(value)) return this.#items(place, value)
    return isObject(value) ? this.#members(place, value) : true
  }

  #items({ schema, old, path, was }: Place, items: readonly unknown[]): boolean {
    const { items: of } = schema
    if (!of) return true
    const olds = keyedBy(schema, Array.isArray(old) ? old : [])
    const root = of['x-kubernetes-embedded-resource'] === true
    return items.every((value, at) => {
      const ratchet = was.current ? { current: was.current.index(at), nearest: was.current } : was
      return this.at({ schema: of, value, old: olds(value), path: `${path}[${at}]`, root, was: ratchet })
    })
  }

  #members(place: Place, value: Readonly<Record<string, unknown>>): boolean {
    const { properties, additionalProperties } = place.schema
    const { old, path } = place
    return Object.keys(value).every(key => {
      const known = properties && Object.hasOwn(properties, key) ? properties[key] : undefined
      const of = known ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
      if (!of) return true
      return this.at({
        schema: of,
        value: value[key],
        old: isObject(old) && Object.hasOwn(old, key) ? old[key] : undefined,
        path: known ? childOf(path, key) : `${path}[${key}]`,
        root: of['x-kubernetes-embedded-resource'] === true,
        was: inside(place.was, key),
      })
    })
  }

  #rules(place: Place): boolean {
    const { schema, value, old, path, root } = place
    const rules = compiledRules(schema, root)
    if (rules.length === 0) return true
    if (this.#budget <= 0) return this.#stop(place, EXHAUSTED)
    const whole = root ? withMeta(schema) : schema
    const self = schemaValue(whole, value)
    const before = old === undefined || old === null ? undefined : schemaValue(whole, old)
    return rules.every(rule => {
      if (rule.fault !== undefined)
        this.faults.push(invalid(path, schema.type ?? '', `rule compile error: ${rule.fault}`))
      return this.#rule(rule, place, { self, before })
    })
  }

  #rule(rule: Rule, place: Place, { self, before }: Values): boolean {
    const { given, expression, usesOldSelf } = rule
    if (!expression || (usesOldSelf && before === undefined && !given.optionalOldSelf)) return true
    const oldSelf = given.optionalOldSelf ? new Optional(before) : before
    const { value, cost, cancelled } = expression.evaluate({ self, ...(oldSelf !== undefined && { oldSelf }) })
    if (cost > this.#budget) return this.#stop(place, EXHAUSTED)
    this.#budget -= cost
    if (value instanceof Failure) return this.#failed(rule, place, { why: value.why, cancelled })
    if (value === true || (!usesOldSelf && isUnchanged(place.was))) return true
    return this.#refuse(rule, place, { self, before })
  }

  #failed({ given }: Rule, place: Place, { why, cancelled }: { why: string; cancelled: boolean }): boolean {
    const named = (given.message ?? given.rule).trim()
    if (cancelled) {
      return this.#stop(
        place,
        `'${why}': no further validation rules will be run due to call cost exceeds limit for rule: ${named}`,
      )
    }
    const mismatch = `'${why}': call arguments did not match a supported operator, function or macro signature for rule: ${named}`
    const sentence = why.startsWith('no such overload') ? mismatch : `${why} evaluating rule: ${named}`
    this.faults.push(invalid(place.path, place.schema.type ?? '', sentence))
    return true
  }

  #refuse({ given, message, path }: Rule, place: Place, { self, before }: Values): boolean {
    const field =
      path === undefined || path === ''
        ? place.path
        : path.startsWith('[')
          ? place.path + path
          : childOf(place.path, path)
    const type = place.schema.type ?? ''
    const plain = given.message ? given.message.trim() : `failed rule: ${given.rule.trim()}`
    if (!message) {
      this.faults.push(reasoned(given, field, { type, why: plain }))
      return true
    }
    const said = message.evaluate({ self, ...(before !== undefined && { oldSelf: before }) })
    if (said.cost > this.#budget) {
      const why =
        'messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run'
      return this.#stop({ ...place, path: field }, why)
    }
    if (said.cancelled) {
      const why = `no further validation rules will be run due to call cost exceeds limit for messageExpression: ${JSON.stringify(given.messageExpression)}`
      return this.#stop({ ...place, path: field }, why)
    }
    this.#budget -= said.cost
    this.faults.push(reasoned(given, field, { type, why: usable(said.value) ?? plain }))
    return true
  }

  #stop({ schema, path }: Place, why: string): false {
    this.faults.push(invalid(path, schema.type ?? '', why))
    return false
  }
}

const EXHAUSTED = 'validation failed due to running out of cost budget, no further validation rules will be run'

interface Values {
  readonly self: Value
  readonly before: Value | undefined
}

function isUnchanged({ current, nearest }: Ratchet): boolean {
  return (current ?? nearest)?.unchanged === true
}

function inside(was: Ratchet, key: string): Ratchet {
  const { current, nearest } = was
  if (!current) return was
  if (!nearest && (key === 'apiVersion' || key === 'kind')) return {}
  return { current: current.key(key), nearest: current }
}

/** One line of text that is not empty nor too long. */
function usable(value: Value): string | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' || text.includes('\n') || Buffer.byteLength(text) > LONGEST_MESSAGE ? undefined : text
}

type Said = { readonly type: string; readonly why: string }

function reasoned({ reason }: ValidationRule, field: string, { type, why }: Said): StatusCause {
  switch (reason) {
    case 'FieldValueForbidden':
      return forbidden(field, why)
    case 'FieldValueRequired':
      return required(field, why)
    case 'FieldValueDuplicate':
      return duplicate(field, type)
  }
  return invalid(field, type, why)
}
