import { unescaped } from './escape.ts'
import { CelFault } from './fault.ts'
import { type Literal, Uint } from './value.ts'

export interface Token {
  readonly is: 'name' | 'quoted' | 'literal' | 'sign' | 'end'
  readonly text: string
  readonly at: number
  readonly value?: Literal
}

const BLANK = /(?:[\t\n\f\r ]|\/\/[^\n]*)+/y
const NAME = /[_a-zA-Z][_a-zA-Z0-9]*/y
const QUOTED_NAME = /`([a-zA-Z0-9_.\-/ ]+)`/y
const FLOAT = /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)/y
const WHOLE = /(?:0[xX][0-9a-fA-F]+|\d+)[uU]?/y
const STRING =
  /([rR]?[bB]?|[bB][rR])(?:"""((?:[^\\]|\\[\s\S])*?)"""|'''((?:[^\\]|\\[\s\S])*?)'''|"((?:[^\\"\n\r]|\\.)*)"|'((?:[^\\'\n\r]|\\.)*)')/y
const RAW = /([rR][bB]?|[bB][rR])(?:"""([\s\S]*?)"""|'''([\s\S]*?)'''|"([^"\n\r]*)"|'([^'\n\r]*)')/y
const SIGN = /==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}]/y

const UINT64 = 2n ** 64n
const INT64 = 2n ** 63n

/** Takes a text apart into tokens; the last one is the end. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = skip(text, 0)
  while (at < text.length) {
    const [token, next] = tokenAt(text, at)
    tokens.push(token)
    at = skip(text, next)
  }
  return [...tokens, { is: 'end', text: '<EOF>', at: text.length }]
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function skip(text: string, at: number): number {
  return at + (match(BLANK, text, at)?.[0].length ?? 0)
}

function tokenAt(text: string, at: number): [Token, number] {
  const literal = stringAt(text, at) ?? numberAt(text, at)
  if (literal) return literal
  const name = match(NAME, text, at)
  if (name) return [nameToken(name[0], at), at + name[0].length]
  const quoted = match(QUOTED_NAME, text, at)
  if (quoted) return [{ is: 'quoted', text: quoted[1] ?? '', at }, at + quoted[0].length]
  const sign = match(SIGN, text, at)
  if (sign) return [{ is: 'sign', text: sign[0], at }, at + sign[0].length]
  const letter = String.fromCodePoint(text.codePointAt(at) ?? 0)
  throw new CelFault('cel/syntax', `Syntax error: token recognition error at: '${letter}'`, at)
}

const WORDS: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ['true', true],
  ['false', false],
  ['null', null],
])

function nameToken(text: string, at: number): Token {
  const value = WORDS.get(text)
  if (value !== undefined) return { is: 'literal', text, at, value }
  return { is: text === 'in' ? 'sign' : 'name', text, at }
}

function stringAt(text: string, at: number): [Token, number] | undefined {
  const raw = match(RAW, text, at)
  const found = raw ?? match(STRING, text, at)
  if (!found) return undefined
  const [whole, prefix = '', ...bodies] = found
  const body = bodies.find(one => one !== undefined) ?? ''
  const bytes = /b/i.test(prefix)
  const value = raw ? (bytes ? new TextEncoder().encode(body) : body) : unescaped(body, { bytes, at })
  return [{ is: 'literal', text: whole, at, value }, at + whole.length]
}

function numberAt(text: string, at: number): [Token, number] | undefined {
  const float = match(FLOAT, text, at)
  if (float) return [{ is: 'literal', text: float[0], at, value: Number(float[0]) }, at + float[0].length]
  const whole = match(WHOLE, text, at)
  if (!whole) return undefined
  const [written] = whole
  const unsigned = /u$/i.test(written)
  const value = BigInt(unsigned ? written.slice(0, -1) : written)
  // One more than the largest int may stand behind a minus.
  if (unsigned ? value >= UINT64 : value > INT64) {
    throw new CelFault('cel/syntax', `invalid ${unsigned ? 'uint' : 'int'} literal`, at)
  }
  return [{ is: 'literal', text: written, at, value: unsigned ? new Uint(value) : value }, at + written.length]
}
