import { placeOf, TemplateFault } from './fault.ts'

export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'field'
  | 'variable'
  | 'word'
  | 'number'
  | 'character'
  | 'string'
  | 'raw'
  | 'pipe'
  | 'comma'
  | 'declare'
  | 'assign'
  | 'left'
  | 'right'
  | 'dot'
  | 'end'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** Offset in the template. */
  readonly at: number
}

const WORD = /[\p{L}\p{Nd}_]*/uy
const SPACE = /[ \t\r\n]+/y
const STRING = /"(?:[^"\\\n]|\\[^\n])*"/y
const CHARACTER = /'(?:[^'\\\n]|\\[^\n])*'/y
const RAW = /`[^`]*`/y
const NUMBER =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]+)?|0[bB][01_]*|0[oO][0-7_]*|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]+)?)/y
/** What may follow a field, variable, word or number (Go: `atTerminator`). */
const ENDS = /[ \t\r\n.,|:)(]|-?\}\}|$/y

/** Cuts a template into tokens, white space trimmed where `{{-` and `-}}` ask for it (Go: text/template/parse/lex.go). */
export function tokens(text: string): readonly Token[] {
  const lexer = new Lexer(text)
  return lexer.run()
}

class Lexer {
  readonly #text: string
  readonly #tokens: Token[] = []
  #at = 0
  #opened = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  run(): readonly Token[] {
    let trimmed = false
    while (this.#at < this.#text.length) {
      const open = this.#text.indexOf('{{', this.#at)
      this.#plain(open < 0 ? this.#text.length : open, trimmed)
      if (open < 0) break
      trimmed = this.#action()
    }
    this.#tokens.push({ kind: 'end', text: '', at: this.#text.length })
    return this.#tokens
  }

  /** The text up to the next action, without what the marks on either side trim off. */
  #plain(end: number, trimmed: boolean): void {
    const start = trimmed ? this.#skip(SPACE) : this.#at
    let text = this.#text.slice(start, end)
    if (/^\{\{-[ \t\r\n]/.test(this.#text.slice(end, end + 4))) text = trimEnd(text)
    if (text !== '') this.#tokens.push({ kind: 'text', text, at: start })
    this.#at = Math.max(start, end)
  }

  /** One `{{ ... }}`; true when its end trims the text that follows. */
  #action(): boolean {
    this.#opened = this.#at
    const mark = /^\{\{-[ \t\r\n]/.test(this.#text.slice(this.#at, this.#at + 4))
    const open = this.#at
    this.#at += mark ? 3 : 2
    const comment = mark ? this.#at + 1 : this.#at
    if (this.#text.startsWith('/*', comment)) return this.#comment(comment)
    this.#tokens.push({ kind: 'open', text: '{{', at: open })
    this.#depth = 0
    for (;;) {
      const closed = this.#close()
      if (closed !== undefined) return closed
      this.#tokens.push(this.#inside())
    }
  }

  #comment(start: number): boolean {
    const end = this.#text.indexOf('*/', start + 2)
    if (end < 0) this.#fail('the comment is not closed')
    this.#at = end + 2
    if (this.#text.startsWith('}}', this.#at)) {
      this.#at += 2
      return false
    }
    if (!/^[ \t\r\n]-\}\}/.test(this.#text.slice(this.#at, this.#at + 4))) {
      this.#fail('a comment must end just before the closing }}')
    }
    this.#at += 4
    return true
  }

  /** The end of an action, if it stands here. */
  #close(): boolean | undefined {
    const trims = /^[ \t\r\n]-\}\}/.test(this.#text.slice(this.#at, this.#at + 4))
    if (!trims && !this.#text.startsWith('}}', this.#at)) return undefined
    if (this.#depth > 0) this.#fail('a parenthesis is not closed')
    this.#tokens.push({ kind: 'close', text: '}}', at: this.#at })
    this.#at += trims ? 4 : 2
    return trims
  }

  #inside(): Token {
    const at = this.#at
    const first = this.#text[at]
    if (first === undefined) this.#fail('the action is not closed: }} is missing', this.#opened)
    // A space that belongs to a trim mark is left for #close.
    const space = this.#match(SPACE)
    if (space) {
      const trims = this.#text.startsWith('-}}', at + space.length)
      if (trims && space.length > 1) return this.#token('space', space.slice(0, -1))
      return this.#token('space', space)
    }
    return this.#mark(first) ?? this.#literal(first) ?? this.#name(first) ?? this.#stray(0)
  }

  #mark(first: string): Token | undefined {
    if (this.#text.startsWith(':=', this.#at)) return this.#token('declare', ':=')
    const kind = MARKS[first]
    if (!kind) return undefined
    if (kind === 'left') this.#depth++
    if (kind === 'right' && --this.#depth < 0) this.#fail('unexpected )')
    return this.#token(kind, first)
  }

  #literal(first: string): Token | undefined {
    if (first === '"') return this.#token('string', this.#match(STRING) ?? this.#fail('the string is not closed'))
    if (first === '`') return this.#token('raw', this.#match(RAW) ?? this.#fail('the raw string is not closed'))
    if (first === "'") {
      return this.#token('character', this.#match(CHARACTER) ?? this.#fail('the character is not closed'))
    }
    const next = this.#text[this.#at + 1] ?? ''
    const digits = /[0-9]/
    if (!digits.test(first) && !(/[.+-]/.test(first) && (digits.test(next) || (first !== '.' && next === '.'))))
      return undefined
    const number = this.#match(NUMBER) ?? ''
    if (!this.#ends(number.length))
      this.#fail(`malformed number ${number}${this.#text[this.#at + number.length] ?? ''}`)
    return this.#token('number', number)
  }

  #name(first: string): Token | undefined {
    if (first === '.' || first === '$') {
      const name = this.#match(WORD, 1) ?? ''
      if (!this.#ends(1 + name.length)) this.#stray(1 + name.length)
      if (first === '$') return this.#token('variable', `$${name}`)
      return name === '' ? this.#token('dot', '.') : this.#token('field', `.${name}`)
    }
    const word = this.#match(WORD)
    if (!word) return undefined
    if (!this.#ends(word.length)) this.#stray(word.length)
    return this.#token('word', word)
  }

  #token(kind: TokenKind, text: string): Token {
    const token = { kind, text, at: this.#at }
    this.#at += text.length
    return token
  }

  #match(pattern: RegExp, skip = 0): string | undefined {
    pattern.lastIndex = this.#at + skip
    return pattern.exec(this.#text)?.[0]
  }

  #skip(pattern: RegExp): number {
    return this.#at + (this.#match(pattern)?.length ?? 0)
  }

  #ends(length: number): boolean {
    ENDS.lastIndex = this.#at + length
    return ENDS.test(this.#text)
  }

  #stray(ahead: number): never {
    const character = this.#text[this.#at + ahead]
    if (character === undefined) this.#fail('the action is not closed: }} is missing', this.#opened)
    return this.#fail(`unexpected ${JSON.stringify(character)}`, this.#at + ahead)
  }

  #fail(reason: string, at = this.#at): never {
    throw new TemplateFault('template/syntax', reason, { place: placeOf(this.#text, at) })
  }
}

const MARKS: Readonly<Record<string, TokenKind | undefined>> = {
  '|': 'pipe',
  ',': 'comma',
  '=': 'assign',
  '(': 'left',
  ')': 'right',
}

/** Without the white space at its end; a pattern anchored at the end would take quadratic time on long runs. */
function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && ' \t\r\n'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
