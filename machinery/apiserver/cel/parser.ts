import { CelFault } from './fault.ts'
import { type Token, tokensOf } from './lexer.ts'
import { expandMember, expandPlain } from './macro.ts'
import { Maker } from './maker.ts'
import { type Entry, type Expr, type Item, qualified } from './syntax.ts'
import { Uint } from './value.ts'

const BEGINNINGS =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}"
const RESERVED = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
)
const DEEPEST = 250
const LONGEST_CHAIN = 1000
const LONGEST = 100_000
const INT64 = 2n ** 63n

/** Operators of two sides, the loosest first, and the functions that they are. */
const LEVELS: readonly Readonly<Record<string, string>>[] = [
  { '||': '_||_' },
  { '&&': '_&&_' },
  { '==': '_==_', '!=': '_!=_', '<': '_<_', '<=': '_<=_', '>': '_>_', '>=': '_>=_', in: '@in' },
  { '+': '_+_', '-': '_-_' },
  { '*': '_*_', '/': '_/_', '%': '_%_' },
]

/** Reads an expression (CEL's grammar, `CEL.g4` of cel-go) and expands its macros. */
export function parse(text: string): Expr {
  if (text.length > LONGEST) throw new CelFault('cel/syntax', `expression code point size exceeds limit: ${LONGEST}`)
  return new Parser(tokensOf(text)).whole()
}

type Sign = { readonly name: string; readonly at: number }

class Parser {
  readonly #tokens: readonly Token[]
  readonly #maker = new Maker()
  #next = 0
  #depth = 0
  #links = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Expr {
    const expr = this.#expression()
    if (this.#token.is !== 'end') this.#unexpected('<EOF>', 'extraneous')
    return expr
  }

  get #token(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1)
    if (!token) throw new CelFault('cel/syntax', 'Syntax error: no input')
    return token
  }

  #take(): Token {
    const token = this.#token
    this.#next += 1
    return token
  }

  #sees(sign: string): boolean {
    return this.#token.is === 'sign' && this.#token.text === sign
  }

  #takes(sign: string): boolean {
    if (!this.#sees(sign)) return false
    this.#next += 1
    return true
  }

  #need(sign: string): Token {
    if (this.#token.is === 'end') this.#missing(sign)
    if (!this.#sees(sign)) this.#unexpected(`'${sign}'`)
    return this.#take()
  }

  #missing(sign: string): never {
    throw new CelFault('cel/syntax', `Syntax error: missing '${sign}' at '<EOF>'`, this.#token.at)
  }

  #unexpected(wanted: string, how = 'mismatched'): never {
    const { text, at } = this.#token
    throw new CelFault('cel/syntax', `Syntax error: ${how} input '${text}' expecting ${wanted}`, at)
  }

  #expression(): Expr {
    this.#depth += 1
    if (this.#depth > DEEPEST) throw new CelFault('cel/syntax', `expression recursion limit exceeded: ${DEEPEST}`)
    const either = this.#level(0)
    const { at } = this.#token
    const expr = this.#takes('?') ? this.#choice(either, at) : either
    this.#depth -= 1
    return expr
  }

  #choice(condition: Expr, at: number): Expr {
    const yes = this.#level(0)
    this.#need(':')
    return this.#maker.call('_?_:_', [condition, yes, this.#expression()], at)
  }

  #level(level: number): Expr {
    const operators = LEVELS[level]
    if (!operators) return this.#unary()
    const terms = [this.#level(level + 1)]
    const signs: Sign[] = []
    while (this.#token.is === 'sign') {
      const name = operators[this.#token.text]
      if (name === undefined) break
      signs.push({ name, at: this.#take().at })
      terms.push(this.#level(level + 1))
    }
    return level < 2 ? this.#balanced(terms, signs) : this.#chained(terms, signs)
  }

  /** Any side of `&&` and `||` may come first, so a long row of them need not be deep. */
  #balanced(terms: readonly Expr[], signs: readonly Sign[]): Expr {
    const [only] = terms
    if (only && signs.length === 0) return only
    const middle = Math.floor(signs.length / 2)
    const { name, at } = signs[middle] ?? { name: '', at: 0 }
    const left = this.#balanced(terms.slice(0, middle + 1), signs.slice(0, middle))
    const right = this.#balanced(terms.slice(middle + 1), signs.slice(middle + 1))
    return this.#maker.call(name, [left, right], at)
  }

  #chained([first, ...others]: readonly Expr[], signs: readonly Sign[]): Expr {
    return others.reduce((left, right, index) => {
      this.#link()
      return this.#maker.call(signs[index]?.name ?? '', [left, right], signs[index]?.at ?? 0)
    }, first ?? this.#unexpected(BEGINNINGS))
  }

  /** Each one makes the expression deeper. */
  #link(): void {
    this.#links += 1
    if (this.#links > LONGEST_CHAIN) throw new CelFault('cel/syntax', `expression recursion limit exceeded: ${DEEPEST}`)
  }

  /** An even number of signs is none. */
  #unary(): Expr {
    for (const [sign, name] of [['!', '!_'] as const, ['-', '-_'] as const]) {
      const { at } = this.#token
      let signs = 0
      while (this.#sees(sign) && !(sign === '-' && this.#isNumber(1))) {
        this.#next += 1
        signs += 1
      }
      if (signs > 0) {
        const of = this.#member()
        return signs % 2 ? this.#maker.call(name, [of], at) : of
      }
    }
    return this.#member()
  }

  #isNumber(ahead: number): boolean {
    const token = this.#tokens[this.#next + ahead]
    return token?.is === 'literal' && (typeof token.value === 'number' || typeof token.value === 'bigint')
  }

  #member(): Expr {
    let expr = this.#primary()
    while (this.#token.is === 'sign') {
      const { at } = this.#token
      const name = this.#sees('{') ? qualified(expr) : undefined
      if (name !== undefined) expr = this.#struct(name)
      else if (this.#takes('.')) expr = this.#field(expr, at)
      else if (this.#takes('[')) expr = this.#index(expr, at)
      else break
    }
    return expr
  }

  #field(of: Expr, at: number): Expr {
    this.#link()
    const optional = this.#takes('?')
    if (this.#token.is !== 'name' && this.#token.is !== 'quoted')
      this.#unexpected('IDENTIFIER', 'no viable alternative at')
    const { text } = this.#take()
    const open = this.#token.at
    if (optional) return this.#maker.call('_?._', [of, this.#maker.literal(text, at)], at)
    if (!this.#takes('(')) return this.#maker.select(of, text, at)
    const args = this.#listOf(')', () => this.#expression())
    return expandMember(this.#maker, { target: of, name: text, args, at: open })
  }

  #index(of: Expr, at: number): Expr {
    this.#link()
    const name = this.#takes('?') ? '_[?_]' : '_[_]'
    const index = this.#expression()
    this.#need(']')
    return this.#maker.call(name, [of, index], at)
  }

  #primary(): Expr {
    const token = this.#token
    if (token.is === 'literal') return this.#literal(this.#take())
    if (token.is === 'name') return this.#named(this.#take())
    if (this.#takes('.')) {
      if (this.#token.is !== 'name') this.#unexpected('IDENTIFIER')
      return this.#named(this.#take())
    }
    if (this.#takes('(')) {
      const inner = this.#expression()
      this.#need(')')
      return inner
    }
    if (this.#takes('['))
      return this.#maker.list(
        this.#listOf(']', () => this.#item()),
        token.at,
      )
    if (this.#takes('{'))
      return this.#maker.map(
        this.#listOf('}', () => this.#entry()),
        token.at,
      )
    if (this.#sees('-') && this.#isNumber(1)) return this.#negative(this.#take())
    return this.#unexpected(BEGINNINGS)
  }

  #negative({ at }: Token): Expr {
    const { value } = this.#take()
    if (typeof value === 'number' || typeof value === 'bigint') return this.#maker.literal(-value, at)
    return this.#unexpected(BEGINNINGS)
  }

  #literal({ value = null, at }: Token): Expr {
    if (typeof value === 'bigint' && value >= INT64) throw new CelFault('cel/syntax', 'invalid int literal', at)
    return this.#maker.literal(value instanceof Uint ? value : value, at)
  }

  #named({ text, at }: Token): Expr {
    if (RESERVED.has(text)) throw new CelFault('cel/syntax', `reserved identifier: ${text}`, at)
    const open = this.#token.at
    if (this.#takes('(')) {
      const args = this.#listOf(')', () => this.#expression())
      return expandPlain(this.#maker, { name: text, args, at: open })
    }
    return this.#maker.name(text, at)
  }

  /** `Type{field: value}`: no type that Kubernetes knows can be made this way, so only its name matters. */
  #struct(name: string): Expr {
    const { at } = this.#take()
    const fields = this.#listOf('}', () => {
      const field = this.#take().text
      this.#need(':')
      this.#expression()
      return field
    })
    return this.#maker.struct(name, fields, at)
  }

  #item(): Item {
    const optional = this.#takes('?')
    return { value: this.#expression(), optional }
  }

  #entry(): Entry {
    const optional = this.#takes('?')
    const key = this.#expression()
    this.#need(':')
    return { key, value: this.#expression(), optional }
  }

  #listOf<T>(close: string, one: () => T): T[] {
    const all: T[] = []
    while (!this.#sees(close)) {
      all.push(one())
      if (!this.#takes(',')) break
    }
    if (!this.#sees(close)) this.#unexpected(`{'${close}', ','}`)
    this.#next += 1
    return all
  }
}
