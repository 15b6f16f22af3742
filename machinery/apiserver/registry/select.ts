import { ApiFault } from '../../api/fault.ts'
import type { Body } from '../store/change.ts'
import type { Served } from './served.ts'

/** Whether an object is one of those asked for. */
export type Selects = (object: Body) => boolean

export interface Selection {
  readonly namespace?: string | undefined
  readonly labelSelector?: string | undefined
  readonly fieldSelector?: string | undefined
}

/** Reads a request's selectors into one question; undefined when every object of the kind is asked for. */
export function selects(served: Served, { namespace, labelSelector, fieldSelector }: Selection): Selects | undefined {
  const all: Selects[] = []
  if (namespace !== undefined) all.push(object => object.metadata.namespace === namespace)
  if (labelSelector) all.push(labelSelects(labelSelector))
  if (fieldSelector) all.push(fieldSelects(served, fieldSelector))
  return all.length === 0 ? undefined : object => all.every(one => one(object))
}

type Test = (labels: Readonly<Record<string, string>>) => boolean

const SET = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/
const EXISTS = /^(!?)\s*([A-Za-z0-9][-A-Za-z0-9_./]*)$/
const EQUAL = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)$/

/** Kubernetes' label selectors: `a=b,c!=d,e in (x,y),f notin (z),g,!h`. */
function labelSelects(text: string): Selects {
  const tests = splitOutside(text).map(part => labelTest(part.trim(), text))
  return object => {
    const labels = object.metadata.labels ?? {}
    return tests.every(test => test(labels))
  }
}

function labelTest(part: string, whole: string): Test {
  const set = SET.exec(part)
  if (set) {
    const [, key = '', operator, values = ''] = set
    const wanted = new Set(values.split(',').map(value => value.trim()))
    if (operator === 'in') return labels => wanted.has(labels[key] ?? '') && key in labels
    return labels => !(key in labels) || !wanted.has(labels[key] ?? '')
  }
  const equal = EQUAL.exec(part)
  if (equal) {
    const [, key = '', operator, value] = equal
    return operator === '!=' ? labels => labels[key] !== value : labels => labels[key] === value
  }
  const exists = EXISTS.exec(part)
  if (exists) {
    const [, not, key = ''] = exists
    return not ? labels => !(key in labels) : labels => key in labels
  }
  throw new ApiFault('BadRequest', `unable to parse requirement "${part}" of the label selector "${whole}"`)
}

/** Commas between requirements, not those inside parentheses. */
function splitOutside(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '(') depth++
    else if (letter === ')') depth--
    else if (letter === ',' && depth === 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}

function fieldSelects(served: Served, text: string): Selects {
  const tests = text.split(',').map(part => fieldTest(served, part.trim()))
  return object => tests.every(test => test(object))
}

function fieldTest(served: Served, part: string): Selects {
  const match = EQUAL.exec(part)
  if (!match) throw new ApiFault('BadRequest', `invalid selector: '${part}'; can't understand '${part}'`)
  const [, name = '', operator, value = ''] = match
  const read = name in META ? META[name] : served.traits.selectable?.[name]
  if (!read) throw new ApiFault('BadRequest', `field label not supported: ${name}`)
  return operator === '!=' ? object => read(object) !== value : object => read(object) === value
}

const META: Readonly<Record<string, (object: Body) => string>> = {
  'metadata.name': object => object.metadata.name,
  'metadata.namespace': object => object.metadata.namespace ?? '',
}
