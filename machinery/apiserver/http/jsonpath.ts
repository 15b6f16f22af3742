import {
  chain,
  comparing,
  constant,
  descend,
  everything,
  exists,
  literalText,
  member,
  type Operator,
  range,
  type Step,
  union,
} from './jsonpath-steps.ts'

// JSONPath as printer columns have it (client-go `util/jsonpath`): one expression, written without its braces.

/** Values at a path; none when there are none, or the path cannot be asked of this object. */
export type ReadPath = (object: unknown) => readonly unknown[]

/** Compiles a path once; what it cannot read finds nothing. */
export function jsonPath(path: string): ReadPath {
  const read = readPath(path.replace(/^\{(.*)\}$/, '$1'))
  return read ?? (() => [])
}

/** As `jsonPath`, but undefined when the path cannot be read. */
export function readPath(path: string): ReadPath | undefined {
  const steps = new Reader(path).steps()
  return steps && (object => chain(steps)([object]) ?? [])
}

const TERMINATORS = ' \t\r\n.,[]$@{}'
const DICTIONARY = /^'([^']*)'$/
const SLICE = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/
const COMPARISON = /^([^!<>=]+)([!<>=]+)(.+)$/s
const OPERATORS: readonly string[] = ['<', '>', '==', '!=', '<=', '>=']

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Undefined when it is no path. */
  steps(): readonly Step[] | undefined {
    const steps: Step[] = []
    while (this.#at < this.#text.length && !this.#sees('}')) {
      const next = this.#next(steps.at(-1) === descend)
      if (!next) return undefined
      steps.push(...next)
    }
    return steps
  }

  #sees(text: string): boolean {
    return this.#text.startsWith(text, this.#at)
  }

  #next(recursed: boolean): readonly Step[] | undefined {
    const letter = this.#text[this.#at] ?? ''
    if (this.#sees('[?(')) return this.#filter()
    if (this.#sees('..')) return recursed ? undefined : this.#recursion()
    this.#at++
    if (letter === ' ' || letter === '@' || letter === '$') return []
    if (letter === '.') return [this.#field()]
    if (letter === '[') return this.#brackets()
    if (letter === '"' || letter === "'") return this.#quoted(letter)
    this.#at--
    if (/[-+\d]/.test(letter)) return this.#number()
    return /[\p{L}_]/u.test(letter) ? this.#word() : undefined
  }

  #recursion(): readonly Step[] {
    this.#at += 2
    return /[\p{L}\p{N}_]/u.test(this.#text[this.#at] ?? '') ? [descend, this.#field()] : [descend]
  }

  #until(stops: (letter: string) => boolean): string {
    const start = this.#at
    while (this.#at < this.#text.length && !stops(this.#text[this.#at] ?? '')) {
      this.#at += this.#text[this.#at] === '\\' ? 2 : 1
    }
    return this.#text.slice(start, this.#at)
  }

  #field(): Step {
    const name = this.#until(letter => TERMINATORS.includes(letter))
    return name === '*' ? everything : member(name.replaceAll('\\', ''))
  }

  #word(): readonly Step[] | undefined {
    const word = this.#until(letter => TERMINATORS.includes(letter))
    // `range` and `end` belong to templates, not to columns.
    return word === 'true' || word === 'false' ? [constant(word === 'true')] : undefined
  }

  #number(): readonly Step[] | undefined {
    const [text = ''] = /^[-+]?[\d.]*/.exec(this.#text.slice(this.#at)) ?? []
    this.#at += text.length
    const value = /\d/.test(text) ? Number(text) : Number.NaN
    return Number.isNaN(value) ? undefined : [constant(value)]
  }

  #quoted(quote: string): readonly Step[] | undefined {
    const text = this.#until(letter => letter === quote)
    if (!this.#sees(quote)) return undefined
    this.#at++
    return [literalText(text.replaceAll(/\\(.)/gs, '$1'))]
  }

  #brackets(): readonly Step[] | undefined {
    const end = this.#text.indexOf(']', this.#at)
    if (end < 0) return undefined
    const text = this.#text.slice(this.#at, end)
    this.#at = end + 1
    return selection(text)
  }

  #filter(): readonly Step[] | undefined {
    const found = /^\[\?\(((?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^)"'])*)\)\]/s.exec(this.#text.slice(this.#at))
    if (!found) return undefined
    this.#at += found[0].length
    return filtering(found[1] ?? '')
  }
}

function selection(text: string): readonly Step[] | undefined {
  if (text === '*') return [range({ start: undefined, end: undefined, step: undefined, single: false })]
  const parts = text.split(',')
  if (parts.length > 1) {
    const all = parts.map(part => selection(part.trim()))
    return all.includes(undefined) ? undefined : [union(all.map(steps => chain(steps ?? [])))]
  }
  const key = DICTIONARY.exec(text)
  // Upstream reads the name as a path of its own: a dot in it must be escaped here as well.
  if (key) return new Reader(`.${key[1]}`).steps()
  const slice = SLICE.exec(text)
  if (!slice) return undefined
  const [, start = '', end, step] = slice
  const number = (part: string) => (part === '' ? undefined : Number(part))
  return [
    range({
      start: number(start),
      end: number((end ?? '').slice(1)),
      step: number((step ?? '').slice(1)),
      single: end === undefined,
    }),
  ]
}

function filtering(text: string): readonly Step[] | undefined {
  const match = COMPARISON.exec(text)
  const left = new Reader(match?.[1] ?? text).steps()
  if (!left) return undefined
  if (!match) return [exists(chain(left))]
  const right = new Reader(match[3] ?? '').steps()
  if (!right) return undefined
  const operator = match[2] ?? ''
  if (!isOperator(operator)) return [() => undefined]
  return [comparing({ left: chain(left), operator, right: chain(right) })]
}

function isOperator(text: string): text is Operator {
  return OPERATORS.includes(text)
}
