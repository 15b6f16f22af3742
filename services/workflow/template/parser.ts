import { character, number, unquote } from './constant.ts'
import { placeOf, TemplateFault } from './fault.ts'
import { type Token, type TokenKind, tokens } from './lexer.ts'
import type { Branch, Command, List, Node, Operand, Pipe, Span, Template } from './node.ts'

/** Deeper nesting than any person writes; it keeps the parser and the executor within their stacks. */
const DEPTH_MOST = 200

/**
 * Reads a template (Go: text/template/parse/parse.go): recursive descent over the tokens. `functions` are the names that
 * may be called: an unknown one is a mistake of the text, found before anything is rendered.
 */
export function parse(text: string, functions: { has(name: string): boolean }): Template {
  const parser = new Parser(text, functions)
  return parser.template()
}

type Ending = 'end' | 'else' | 'text-end'
interface Block {
  readonly body: List
  readonly ending: Ending
}

class Parser {
  readonly #text: string
  readonly #functions: { has(name: string): boolean }
  readonly #tokens: readonly Token[]
  readonly #defined = new Map<string, List>()
  /** Names whose definition is more than white space. */
  readonly #said = new Set<string>()
  #next = 0
  #depth = 0
  #loops = 0
  /** Names of variables in scope; a block puts its own on top and takes them off. */
  #variables = ['$']

  constructor(text: string, functions: { has(name: string): boolean }) {
    this.#text = text
    this.#functions = functions
    this.#tokens = tokens(text)
  }

  template(): Template {
    const { body, ending } = this.#block(true)
    if (ending !== 'text-end') this.#fail(`unexpected {{${ending}}}`, this.#tokens[this.#next - 1])
    return { text: this.#text, body, defined: this.#defined }
  }

  /** Nodes up to `{{end}}`, `{{else}}` or the end of the text. After `{{else}}` the parser stands behind the word. */
  #block(outermost = false): Block {
    if (++this.#depth > DEPTH_MOST) this.#fail(`nested deeper than ${DEPTH_MOST}`)
    const body: Node[] = []
    for (;;) {
      const token = this.#take()
      if (token.kind === 'end') {
        if (!outermost) this.#fail('{{end}} is missing', token)
        this.#depth--
        return { body, ending: 'text-end' }
      }
      if (token.kind === 'text') {
        body.push({ is: 'text', text: token.text, at: token.at, end: token.at + token.text.length })
        continue
      }
      const node = this.#action(token, outermost)
      if (node === 'end' || node === 'else') {
        this.#depth--
        return { body, ending: node }
      }
      if (node) body.push(node)
    }
  }

  #action(open: Token, outermost: boolean): Node | 'end' | 'else' | undefined {
    const word = this.#peekSolid()
    const keyword = word.kind === 'word' ? word.text : ''
    switch (keyword) {
      case 'end':
      case 'else':
        this.#solid()
        if (keyword === 'end') this.#expect('close', '{{end}}')
        return keyword
      case 'if':
      case 'with':
      case 'range':
        this.#solid()
        return this.#branch(keyword, open)
      case 'define':
        if (!outermost) this.#fail('{{define}} must stand outside of every other action', open)
        this.#solid()
        return this.#define()
      case 'template':
      case 'block':
        this.#solid()
        return this.#call(keyword, open)
      case 'break':
      case 'continue':
        if (this.#functions.has(keyword)) break
        this.#solid()
        if (this.#loops === 0) this.#fail(`{{${keyword}}} outside of {{range}}`, open)
        this.#expect('close', `{{${keyword}}}`)
        return { is: keyword, at: open.at, end: this.#end() }
    }
    const pipe = this.#pipe('close')
    return { is: 'action', pipe, at: open.at, end: this.#end() }
  }

  #branch(is: 'if' | 'with' | 'range', open: Token): Node {
    const before = this.#variables.length
    const loops = this.#loops
    const pipe = this.#pipe('close', is === 'range')
    if (is === 'range') this.#loops++
    const body = this.#block()
    this.#loops = loops
    const otherwise = body.ending === 'else' ? this.#otherwise(is, open) : []
    this.#variables.length = before
    const branch: Branch = { pipe, body: body.body, otherwise, at: open.at, end: this.#end() }
    return { is, ...branch }
  }

  /** What follows `{{else`: a body of its own, or another if (with) that shares the end. */
  #otherwise(is: 'if' | 'with' | 'range', open: Token): List {
    const word = this.#peekSolid()
    if (word.kind === 'word' && word.text === is && is !== 'range') {
      this.#solid()
      if (++this.#depth > DEPTH_MOST) this.#fail(`nested deeper than ${DEPTH_MOST}`)
      const nested = this.#branch(is, { ...open, at: word.at })
      this.#depth--
      return [nested]
    }
    this.#expect('close', '{{else}}')
    const { body, ending } = this.#block()
    if (ending !== 'end') this.#fail('expected {{end}}, found a second {{else}}')
    return body
  }

  #define(): undefined {
    const name = this.#name('{{define}}')
    this.#expect('close', '{{define}}')
    this.#defineBody(name)
  }

  #defineBody(name: string): void {
    const variables = this.#variables
    const loops = this.#loops
    this.#variables = ['$']
    this.#loops = 0
    const { body, ending } = this.#block()
    if (ending !== 'end') this.#fail('unexpected {{else}} in {{define}}')
    this.#variables = variables
    this.#loops = loops
    // Go: an empty definition does not replace one that says something.
    const blank = body.every(node => node.is === 'text' && node.text.trim() === '')
    const said = this.#said.has(name)
    if (said && !blank) this.#fail(`template ${JSON.stringify(name)} is defined twice`)
    if (!blank) this.#said.add(name)
    if (!said) this.#defined.set(name, body)
  }

  #call(keyword: 'template' | 'block', open: Token): Node {
    const name = this.#name(`{{${keyword}}}`)
    const bare = this.#peekSolid().kind === 'close'
    if (bare && keyword === 'block') this.#fail('{{block}} needs a value', open)
    const pipe = bare ? undefined : this.#pipe('close')
    if (bare) this.#solid()
    const end = this.#end()
    if (keyword === 'block') this.#defineBody(name)
    return { is: 'template', name, ...(pipe && { pipe }), at: open.at, end }
  }

  #name(where: string): string {
    const token = this.#solid()
    if (token.kind !== 'string' && token.kind !== 'raw') this.#fail(`${where} needs a name in quotes`, token)
    return this.#string(token)
  }

  #pipe(close: 'close' | 'right', ranges = false): Pipe {
    const start = this.#peekSolid()
    const { names, assigns } = this.#declared(ranges)
    const commands: Command[] = []
    for (;;) {
      const token = this.#peekSolid()
      if (token.kind === close) {
        if (commands.length === 0) this.#fail('a value is missing', token)
        this.#solid()
        break
      }
      commands.push(this.#command())
      const mark = this.#solid()
      if (mark.kind === close) break
      if (mark.kind !== 'pipe') this.#fail(`unexpected ${shown(mark)}`, mark)
    }
    for (const command of commands.slice(1)) {
      const [first] = command.args
      if (first.is === 'constant' || first.is === 'nil' || first.is === 'dot') {
        this.#fail(`${this.#text.slice(first.at, first.end)} cannot take a value by |`, first)
      }
    }
    if (!assigns) this.#variables.push(...names)
    return { variables: names, assigns, commands, at: start.at, end: this.#end() }
  }

  /** `$x :=`, `$x =`, and for range `$i, $x :=`. */
  #declared(ranges: boolean): { names: readonly string[]; assigns: boolean } {
    const before = this.#next
    const names: string[] = []
    for (let token = this.#solid(); token.kind === 'variable'; token = this.#solid()) {
      names.push(token.text)
      const mark = this.#solid()
      if (mark.kind === 'comma' && ranges && names.length === 1) continue
      if (mark.kind === 'comma') this.#fail('too many variables are declared', mark)
      if (mark.kind !== 'declare' && mark.kind !== 'assign') break
      if (mark.kind === 'assign') for (const name of names) this.#known(name, token)
      return { names, assigns: mark.kind === 'assign' }
    }
    this.#next = before
    return { names: [], assigns: false }
  }

  #command(): Command {
    const first = this.#operand()
    const args: [Operand, ...Operand[]] = [first]
    for (;;) {
      const { kind } = this.#peek()
      if (kind !== 'space') break
      const next = this.#peekSolid()
      if (['close', 'right', 'pipe'].includes(next.kind)) break
      this.#solid()
      this.#next--
      args.push(this.#operand())
    }
    return { args, at: first.at, end: args.at(-1)?.end ?? first.end }
  }

  #operand(): Operand {
    const token = this.#solid()
    const operand = this.#term(token)
    const names: string[] = []
    while (this.#peek().kind === 'field') names.push(this.#take().text.slice(1))
    if (names.length === 0) return operand
    const span = { at: operand.at, end: this.#end() }
    switch (operand.is) {
      case 'field':
      case 'variable':
        return { ...operand, ...span, names: [...operand.names, ...names] }
      case 'constant':
      case 'nil':
        return this.#fail(`${token.text} has no fields`, token)
      case 'dot':
        return this.#fail('unexpected . after .', token)
      default:
        return { is: 'chain', of: operand, names, ...span }
    }
  }

  #term(token: Token): Operand {
    const span = { at: token.at, end: token.at + token.text.length }
    switch (token.kind) {
      case 'dot':
        return { is: 'dot', ...span }
      case 'field':
        return { is: 'field', names: [token.text.slice(1)], ...span }
      case 'variable':
        return { is: 'variable', name: this.#known(token.text, token), names: [], ...span }
      case 'string':
      case 'raw':
        return { is: 'constant', value: this.#string(token), ...span }
      case 'number':
      case 'character': {
        const value = token.kind === 'number' ? number(token.text) : character(token.text)
        return { is: 'constant', value: value ?? this.#fail(`${token.text} is not a number that fits`, token), ...span }
      }
      case 'left': {
        if (++this.#depth > DEPTH_MOST) this.#fail(`nested deeper than ${DEPTH_MOST}`, token)
        const pipe = this.#pipe('right')
        this.#depth--
        return { is: 'pipe', pipe, at: token.at, end: this.#end() }
      }
      case 'word':
        return this.#word(token, span)
      default:
        return this.#fail(`unexpected ${shown(token)}`, token)
    }
  }

  #word(token: Token, span: Span): Operand {
    if (token.text === 'true' || token.text === 'false') {
      return { is: 'constant', value: token.text === 'true', ...span }
    }
    if (token.text === 'nil') return { is: 'nil', ...span }
    if (!this.#functions.has(token.text)) {
      const place = placeOf(this.#text, token.at)
      throw new TemplateFault('template/unknown-function', `there is no function ${token.text}`, {
        place,
        facts: { function: token.text },
      })
    }
    return { is: 'function', name: token.text, ...span }
  }

  #string(token: Token): string {
    if (token.kind === 'raw') return token.text.slice(1, -1).replaceAll('\r', '')
    return unquote(token.text) ?? this.#fail(`${token.text} has an escape that nobody knows`, token)
  }

  #known(name: string, token: Token): string {
    if (this.#variables.includes(name)) return name
    const place = placeOf(this.#text, token.at)
    throw new TemplateFault('template/unknown-variable', `there is no variable ${name} here`, {
      place,
      facts: { variable: name },
    })
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? END
  }

  #take(): Token {
    const token = this.#peek()
    this.#next++
    return token
  }

  /** The next token that is not white space. */
  #solid(): Token {
    const token = this.#take()
    return token.kind === 'space' ? this.#take() : token
  }

  #peekSolid(): Token {
    const token = this.#peek()
    return token.kind === 'space' ? (this.#tokens[this.#next + 1] ?? END) : token
  }

  #expect(kind: TokenKind, where: string): void {
    const token = this.#solid()
    if (token.kind !== kind) this.#fail(`unexpected ${shown(token)} in ${where}`, token)
  }

  /** Where the token taken last ends. */
  #end(): number {
    const token = this.#tokens[this.#next - 1]
    return token ? token.at + token.text.length : 0
  }

  #fail(reason: string, where: { readonly at: number } = this.#peek()): never {
    throw new TemplateFault('template/syntax', reason, { place: placeOf(this.#text, where.at) })
  }
}

const END: Token = { kind: 'end', text: '', at: 0 }

function shown(token: Token): string {
  return token.kind === 'end' ? 'end of the template' : JSON.stringify(token.text)
}
