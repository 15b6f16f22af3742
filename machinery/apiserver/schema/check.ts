import { isObject } from '../registry/served.ts'
import { invalid, required, tooMany, typeInvalid } from './cause.ts'
import { isInt64, quote } from './gotext.ts'
import { checkJunctors } from './junctor.ts'
import type { Rules } from './rules.ts'
import { checkEnum, checkNumber, checkString } from './scalar.ts'
import { pathOf, report, type Walk } from './walk.ts'

/**
 * Checks a value against the value validations of a schema (kube-openapi `validate.SchemaValidator`). Says how much of
 * the schema the value met: of several schemas, the one that was met best tells what is wrong.
 */
export function check(rules: Rules, value: unknown, walk: Walk): number {
  if (value === null) return checkNull(rules, walk)
  let met = 3 // the schema itself, its junctors and its enumeration
  if (rules.types !== '' || rules.format !== undefined) met += checkType(rules, value, walk) ? 2 : 1
  met += rules.junctors ? checkJunctors({ rules, value, walk }, check) : 1
  if (typeof value === 'string') met += 1 + checkString(rules, value, walk)
  else if (typeof value === 'number') met += 2 + checkNumber(rules.schema, value, walk)
  else if (Array.isArray(value)) met += 2 + checkItems(rules, value, walk)
  if (rules.schema.enum?.length) checkEnum(rules.schema.enum, value, walk)
  return isObject(value) ? met + 1 + checkMembers(rules, value, walk) : met
}

function checkNull({ types, schema }: Rules, walk: Walk): number {
  const allowed = types === '' || schema.nullable === true
  if (!allowed) wrongType(types, 'null', walk)
  if (schema.enum?.length) checkEnum(schema.enum, null, walk)
  return allowed ? 1 : 0
}

function checkType({ types, format }: Rules, value: unknown, walk: Walk): boolean {
  const is = typeOf(value)
  const fits = types === is || (types === 'integer,string' && (is === 'integer' || is === 'string'))
  if (fits || (types === 'number' && is === 'integer')) return true
  const numeric = types.startsWith('integer') || types === 'number'
  const textual = is === 'string' || is === 'array'
  if (format !== undefined && textual && !numeric) return true // so it is there: the format then tells
  if (format !== undefined && !textual) wrongType(format, FORMAT_OF[is] ?? '', walk)
  else wrongType(types, is, walk)
  return false
}

const FORMAT_OF: Readonly<Record<string, string>> = { integer: 'int64', number: 'float64' }

function wrongType(types: string, is: string, walk: Walk): void {
  const path = pathOf(walk)
  const said = `${path} in body must be of type ${types}: ${quote(is)}`
  report(walk, said, typeInvalid(path, is, said))
}

function typeOf(value: unknown): string {
  if (typeof value === 'number') return isInt64(value) ? 'integer' : 'number'
  return Array.isArray(value) ? 'array' : typeof value
}

function checkItems({ items, schema }: Rules, value: readonly unknown[], walk: Walk): number {
  const { minItems, maxItems, uniqueItems } = schema
  let met = 0
  if (items) for (const [at, item] of value.entries()) met += checkInside(items, item, { walk, step: at })
  if (minItems !== undefined && value.length < minItems) {
    const said = `${pathOf(walk)} in body should have at least ${minItems} items`
    report(walk, said, invalid(pathOf(walk), value.length, said))
  }
  if (maxItems !== undefined && value.length > maxItems) {
    const said = `${pathOf(walk)} in body should have at most ${maxItems} items`
    report(walk, said, tooMany(pathOf(walk), value.length, maxItems))
  }
  if (uniqueItems && new Set(value.map(item => JSON.stringify(item))).size < value.length) {
    const said = `${pathOf(walk)} in body shouldn't contain duplicates`
    report(walk, said, invalid(pathOf(walk), '', said))
  }
  return met
}

function checkMembers(rules: Rules, value: Readonly<Record<string, unknown>>, walk: Walk): number {
  const { properties, additional, schema } = rules
  checkCount(schema, value, walk)
  let met = 0
  for (const key in value) {
    const member = value[key]
    if (member === undefined) continue
    const of = properties?.get(key) ?? additional
    if (of) met += checkInside(of, member, { walk, step: key })
    else if (schema.additionalProperties === false && !properties?.has(key)) notAllowed(key, walk)
  }
  for (const key of schema.required ?? [])
    if (!Object.hasOwn(value, key) || value[key] === undefined) missing(key, walk)
  return met
}

function checkCount(schema: Rules['schema'], value: object, walk: Walk): void {
  const { minProperties, maxProperties } = schema
  if (minProperties === undefined && maxProperties === undefined) return
  const count = Object.keys(value).length
  if (minProperties !== undefined && count < minProperties) {
    const said = `${pathOf(walk)} in body should have at least ${minProperties} properties`
    report(walk, said, invalid(pathOf(walk), count, said))
  }
  if (maxProperties !== undefined && count > maxProperties) {
    const said = `${pathOf(walk)} in body should have at most ${maxProperties} properties`
    report(walk, said, tooMany(pathOf(walk), count, maxProperties))
  }
}

function notAllowed(key: string, walk: Walk): void {
  const said = `${pathOf(walk)}.${key} in body is a forbidden property`
  report(walk, said, invalid(pathOf(walk), key, said))
}

function missing(key: string, walk: Walk): void {
  const path = pathOf(walk)
  report(walk, `${path}.${key} in body is required`, required(path ? `${path}.${key}` : key))
}

type Step = { readonly walk: Walk; readonly step: string | number }

/** Checks a member or an item; what is wrong with one that an update leaves as it was is tolerated. */
function checkInside(rules: Rules, value: unknown, { walk, step }: Step): number {
  const was = walk.was && oldOf(walk, step)
  walk.path.push(step)
  const inner: Walk = was || walk.was ? { ...walk, was, faults: new Map() } : walk
  const met = check(rules, value, inner)
  walk.path.pop()
  if (inner !== walk && !(was && inner.faults.size > 0 && was.unchanged)) {
    for (const [said, cause] of inner.faults) report(walk, said, cause)
  }
  return met
}

/** The two fields that tell the type look the same before and after whatever was asked for. */
function oldOf({ was, root, path }: Walk, step: string | number): Walk['was'] {
  if (typeof step === 'number') return was?.index(step)
  const atRoot = root === '' && path.length === 0
  return atRoot && (step === 'apiVersion' || step === 'kind') ? undefined : was?.key(step)
}
