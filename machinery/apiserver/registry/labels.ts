import { ApiFault } from '../../api/fault.ts'
import { labelValueFault, qualifiedFault } from './metadata.ts'

/** Whether an object's labels are those asked for. */
export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean

/**
 * Reads a label selector (apimachinery `labels.Parse`): `a=b, c!=d, e in (x,y), f notin (z), g, !h, i>3`. Refuses with
 * `BadRequest` what is none, in upstream's words.
 */
export function parseLabels(text: string): LabelTest {
  const tests = new Parser(tokensOf(text)).requirements()
  return labels => tests.every(test => test(labels))
}

type Mark = '(' | ')' | ',' | '!' | '=' | '==' | '!=' | '>' | '<' | 'in' | 'notin'
type Token = { readonly is: Mark | 'word' | 'end'; readonly text: string }

const END: Token = { is: 'end', text: '' }
const TOKEN = /\s*(==|!=|[()!,=<>]|[^\s()!,=<>]+)/gy

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(TOKEN)].map(([, said = '']): Token => ({ is: isMark(said) ? said : 'word', text: said }))
}

const MARKS: ReadonlySet<string> = new Set(['(', ')', ',', '!', '=', '==', '!=', '>', '<', 'in', 'notin'])

function isMark(text: string): text is Mark {
  return MARKS.has(text)
}

const OPERATORS = 'in, notin, =, ==, !=, gt, lt'

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  requirements(): readonly LabelTest[] {
    const tests: LabelTest[] = []
    for (;;) {
      const next = this.#value()
      if (next.is === 'end') return tests
      if (!begins(next)) throw refused(`found '${next.text}', expected: !, identifier, or 'end of string'`)
      tests.push(this.#requirement())
      const after = this.#take()
      if (after.is === 'end') return tests
      if (after.is !== ',') throw refused(`found '${after.text}', expected: ',' or 'end of string'`)
      const more = this.#value()
      if (!begins(more)) throw refused(`found '${more.text}', expected: identifier after ','`)
    }
  }

  /** The next token; `in` and `notin` are words where a value or a key may stand. */
  #value(): Token {
    const token = this.#tokens[this.#at] ?? END
    return token.is === 'in' || token.is === 'notin' ? { is: 'word', text: token.text } : token
  }

  #take(): Token {
    const token = this.#value()
    this.#at++
    return token
  }

  #requirement(): LabelTest {
    const absent = this.#value().is === '!'
    if (absent) this.#take()
    const { is, text: key } = this.#take()
    if (is !== 'word') throw unparsed(`found '${key}', expected: identifier`)
    const fault = qualifiedFault(key)
    if (fault) throw unparsed(`<nil>: Invalid value: ${JSON.stringify(key)}: ${fault}`)
    if (absent) return labels => !Object.hasOwn(labels, key)
    const next = this.#value().is
    if (next === 'end' || next === ',') return labels => Object.hasOwn(labels, key)
    return this.#comparison(key)
  }

  #comparison(key: string): LabelTest {
    const { is, text } = this.#tokens[this.#at++] ?? END
    switch (is) {
      case 'in':
      case 'notin':
        return among(key, this.#values(), is === 'in')
      case '=':
      case '==':
      case '!=':
        return among(key, [this.#exact()], is !== '!=')
      case '>':
      case '<':
        return compared(key, this.#exact(), is)
      default:
        throw unparsed(`found '${text}', expected: ${OPERATORS}`)
    }
  }

  #exact(): string {
    const { is, text } = this.#value()
    if (is === 'end' || is === ',') return ''
    this.#take()
    if (is !== 'word') throw unparsed(`found '${text}', expected: identifier`)
    return text
  }

  #values(): readonly string[] {
    const open = this.#take()
    if (open.is !== '(') throw unparsed(`found '${open.text}' expected: '('`)
    const values: string[] = []
    if (this.#value().is === ')') {
      this.#take()
      return ['']
    }
    for (let wanted = "',', ')' or identifier"; ; wanted = "',' or ')'") {
      const { is, text } = this.#value()
      if (is !== 'word' && is !== ',' && is !== ')') throw unparsed(`found '${text}', expected: ${wanted}`)
      values.push(is === 'word' ? this.#take().text : '')
      const after = this.#take()
      if (after.is === ')') return values
      if (after.is !== ',') throw unparsed(`found '${after.text}', expected: ',' or ')'`)
    }
  }
}

function begins({ is }: Token): boolean {
  return is === 'word' || is === '!'
}

function among(key: string, values: readonly string[], wanted: boolean): LabelTest {
  checkValues(key, values)
  const set = new Set(values)
  if (wanted) return labels => Object.hasOwn(labels, key) && set.has(labels[key] ?? '')
  return labels => !Object.hasOwn(labels, key) || !set.has(labels[key] ?? '')
}

const INTEGER = /^[-+]?\d{1,19}$/

function compared(key: string, bound: string, is: '>' | '<'): LabelTest {
  if (!INTEGER.test(bound)) {
    const why = "for 'Gt', 'Lt' operators, the value must be an integer"
    throw unparsed(`values[0]: Invalid value: ${JSON.stringify(bound)}: ${why}`)
  }
  checkValues(key, [bound])
  const limit = BigInt(bound)
  return labels => {
    const value = Object.hasOwn(labels, key) ? (labels[key] ?? '') : ''
    if (!INTEGER.test(value)) return false
    return is === '>' ? BigInt(value) > limit : BigInt(value) < limit
  }
}

function checkValues(key: string, values: readonly string[]): void {
  const faults = values.flatMap((value, at) => {
    const why = labelValueFault(value)
    return why ? [`values[${at}][${key}]: Invalid value: ${JSON.stringify(value)}: ${why}`] : []
  })
  if (faults.length > 0) throw unparsed(faults.length === 1 ? String(faults[0]) : `[${faults.join(', ')}]`)
}

function unparsed(why: string): ApiFault {
  return refused(`unable to parse requirement: ${why}`)
}

function refused(sentence: string): ApiFault {
  return new ApiFault('BadRequest', sentence)
}
