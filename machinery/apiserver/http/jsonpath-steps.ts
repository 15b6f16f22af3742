import { isObject } from '../registry/served.ts'

/** What a part of a path makes of the values before it; undefined when it cannot be asked of them. */
export type Step = (values: readonly unknown[]) => readonly unknown[] | undefined

/** One step after the other. */
export function chain(steps: readonly Step[]): Step {
  return values => steps.reduce<readonly unknown[] | undefined>((all, step) => all && step(all), values)
}

/** The same for each value, put together; what one of them refuses, all refuse. */
function each(of: (value: unknown) => readonly unknown[] | undefined): Step {
  return values => {
    const all = values.filter(value => value !== null && value !== undefined).map(of)
    return all.includes(undefined) ? undefined : all.flatMap(found => found ?? [])
  }
}

export function member(name: string): Step {
  return each(value => (isObject(value) && Object.hasOwn(value, name) ? [value[name]] : []))
}

export const everything: Step = each(inside)

function inside(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return isObject(value) ? Object.values(value) : []
}

/** The value and all below it that have something below them. */
export const descend: Step = each(value => below(value))

function below(value: unknown): readonly unknown[] {
  const found = inside(value)
  return found.length === 0 ? [] : [value, ...found.flatMap(below)]
}

export function constant(value: unknown): Step {
  return values => values.map(() => value)
}

/** A text stands for itself, whatever was before it. */
export function literalText(text: string): Step {
  return () => [text]
}

export function union(steps: readonly Step[]): Step {
  return values => {
    const all = steps.map(step => step(values))
    return all.includes(undefined) ? undefined : all.flatMap(found => found ?? [])
  }
}

/** `start:end:step` of a list, each of them perhaps absent; a single index is a range of one. */
export interface Range {
  readonly start: number | undefined
  readonly end: number | undefined
  readonly step: number | undefined
  readonly single: boolean
}

export function range({ start, end, step = 1, single }: Range): Step {
  return each(value => {
    if (!Array.isArray(value)) return undefined
    const { length } = value
    const from = (start ?? 0) < 0 ? (start ?? 0) + length : (start ?? 0)
    const last = single ? (start ?? 0) + 1 : (end ?? length)
    const to = last < 0 || (last === 0 && single) ? last + length : last
    if (from === to) return []
    if (from < 0 || from >= length || to < 0 || to > length || from > to || step < 1) return undefined
    return value.slice(from, to).filter((_, at) => at % step === 0)
  })
}

export function exists(path: Step): Step {
  return each(value => (Array.isArray(value) ? value.filter(item => (path([item]) ?? []).length > 0) : undefined))
}

export type Operator = '<' | '>' | '==' | '!=' | '<=' | '>='

export interface Comparison {
  readonly left: Step
  readonly operator: Operator
  readonly right: Step
}

export function comparing(comparison: Comparison): Step {
  return each(value => {
    if (!Array.isArray(value)) return undefined
    const verdicts = value.map(item => holds(comparison, item))
    return verdicts.includes(undefined) ? undefined : value.filter((_, at) => verdicts[at])
  })
}

/** Undefined where Go would not compare: several values, or values of two kinds. */
function holds({ left, operator, right }: Comparison, item: unknown): boolean | undefined {
  const [lefts, rights] = [left([item]), right([item])]
  if (!lefts || !rights) return undefined
  if (lefts.length === 0 || rights.length === 0) return false
  if (lefts.length > 1 || rights.length > 1) return undefined
  return compared(lefts[0], rights[0], operator)
}

function compared(a: unknown, b: unknown, operator: Operator): boolean | undefined {
  if (kindOf(a) === undefined || kindOf(a) !== kindOf(b)) return undefined
  if (operator === '==') return a === b
  if (operator === '!=') return a !== b
  if (typeof a === 'boolean') return undefined
  const less = (a as string | number) < (b as string | number)
  if (operator === '<') return less
  if (operator === '<=') return less || a === b
  return operator === '>' ? !less && a !== b : !less
}

function kindOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float'
  return typeof value === 'string' || typeof value === 'boolean' ? typeof value : undefined
}
