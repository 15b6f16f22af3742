import { ipv4Bytes, ipv6Bytes } from './ip.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5322 3.2.3 names what an atom may hold
const ATOM = /[^\u0000-\u0020\u007f()<>[\]:;@\\,."]+/uy
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5322 3.2.4
const QUOTED = /"(?:[^"\\\u0000-\u0008\u000a-\u001f\u007f]|\\[\t\u0020-\u007e])*"/uy
const COMMENT = /\((?:[^()\\]|\\.)*\)/y
const SPACE = /[ \t]+/y
const LITERAL = /\[([^\]]*)\]/y

/** Reads an address from left to right (RFC 5322 3.4), as Go's `mail.ParseAddress` does. */
class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get left(): string {
    return this.#text.slice(this.#at)
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match) this.#at = pattern.lastIndex
    return match?.[0]
  }

  sign(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false
    this.#at += 1
    return true
  }

  space(): void {
    while (this.take(SPACE) !== undefined || this.take(COMMENT) !== undefined);
  }

  /** Atoms with single dots between them. */
  dotAtom(): boolean {
    do if (this.take(ATOM) === undefined) return false
    while (this.sign('.'))
    return true
  }

  /** `local@domain`, without a comment before it; the reader stands wherever it failed. */
  mailbox(): boolean {
    this.take(SPACE)
    if (this.take(QUOTED) === undefined && !this.dotAtom()) return false
    if (!this.sign('@')) return false
    const literal = this.take(LITERAL)?.slice(1, -1)
    return literal === undefined ? this.dotAtom() : (ipv4Bytes(literal) ?? ipv6Bytes(literal)) !== undefined
  }

  /** The words of a name; dots may stand in all but the first. */
  phrase(): void {
    this.take(SPACE)
    while (this.take(QUOTED) !== undefined || this.take(ATOM) !== undefined || this.sign('.')) this.space()
  }
}

/** One address, with or without a name before it: `a@b`, `Ann <a@b>`. */
export function isEmail(text: string): boolean {
  return isBare(new Reader(text)) || isNamed(new Reader(text))
}

function isBare(reader: Reader): boolean {
  return reader.mailbox() && ended(reader)
}

function isNamed(reader: Reader): boolean {
  reader.phrase()
  return reader.sign('<') && reader.mailbox() && reader.sign('>') && ended(reader)
}

function ended(reader: Reader): boolean {
  reader.space()
  return reader.left === ''
}
