import { invalid } from './cause.ts'
import { quote } from './gotext.ts'
import type { Rules } from './rules.ts'
import { pathOf, report, type Walk } from './walk.ts'

type Check = (rules: Rules, value: unknown, walk: Walk) => number
type Place = { readonly rules: Rules; readonly value: unknown; readonly walk: Walk }
type Trial = { readonly met: number; readonly walk: Walk }

/** `anyOf`, `oneOf`, `allOf` and `not`, in the order in which the API server tries them. */
export function checkJunctors(place: Place, check: Check): number {
  const { anyOf, oneOf, allOf, not } = place.rules
  let met = 1
  if (anyOf) met += checkAnyOf(anyOf, place, check)
  if (oneOf) met += checkOneOf(oneOf, place, check)
  if (allOf) met += checkAllOf(allOf, place, check)
  if (not && isValid(tried(not, place, check))) said(place.walk, 'must not validate the schema (not)')
  return met
}

function tried(rules: Rules, { value, walk }: Place, check: Check): Trial {
  const apart: Walk = { root: walk.root, path: walk.path, faults: new Map() }
  return { met: check(rules, value, apart), walk: apart }
}

function isValid({ walk }: Trial): boolean {
  return walk.faults.size === 0
}

function checkAnyOf(schemas: readonly Rules[], place: Place, check: Check): number {
  const failures: Trial[] = []
  for (const rules of schemas) {
    const trial = tried(rules, place, check)
    if (isValid(trial)) return trial.met
    failures.push(trial)
  }
  said(place.walk, 'must validate at least one schema (anyOf)')
  return told(best(failures), place.walk)
}

function checkOneOf(schemas: readonly Rules[], place: Place, check: Check): number {
  const trials = schemas.map(rules => tried(rules, place, check))
  const valid = trials.filter(isValid)
  if (valid.length === 1) return valid[0]?.met ?? 0
  const found = valid.length === 0 ? 'Found none valid' : `Found ${valid.length} valid alternatives`
  said(place.walk, `must validate one and only one schema (oneOf). ${found}`)
  const last = trials.findLastIndex(isValid)
  return valid.length === 0 || last < 0 ? told(best(trials), place.walk) : 0
}

function checkAllOf(schemas: readonly Rules[], place: Place, check: Check): number {
  const trials = schemas.map(rules => tried(rules, place, check))
  const met = trials.reduce((sum, trial) => sum + told(trial, place.walk), 0)
  const valid = trials.filter(isValid).length
  if (valid < trials.length) {
    said(place.walk, `must validate all the schemas (allOf)${valid === 0 ? '. None validated' : ''}`)
  }
  return met
}

/** The first of those that came closest. */
function best(trials: readonly Trial[]): Trial | undefined {
  return trials.reduce<Trial | undefined>((most, trial) => (most && most.met >= trial.met ? most : trial), undefined)
}

function told(trial: Trial | undefined, walk: Walk): number {
  for (const [text, cause] of trial?.walk.faults ?? []) report(walk, text, cause)
  return trial?.met ?? 0
}

/** These name the value in their sentence, and no field. */
function said(walk: Walk, what: string): void {
  const sentence = `${quote(pathOf(walk))} ${what}`
  report(walk, sentence, invalid('', '', sentence))
}
