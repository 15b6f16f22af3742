import type { Readable } from 'node:stream'

const LONGEST = 8 * 1024

/** Calls `each` for every line of a stream; carriage returns end one too, as progress bars use them. Long ones are cut. */
export function lines(stream: Readable, each: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const found = (rest + text).split(/\r\n|\n|\r/)
    rest = found.pop() ?? ''
    if (rest.length > LONGEST) {
      found.push(rest)
      rest = ''
    }
    for (const line of found) if (line !== '') each(line.slice(0, LONGEST))
  })
  stream.on('end', () => {
    if (rest !== '') each(rest)
  })
}

/** The last lines of something, in bounded memory. */
export class Tail {
  readonly #lines: string[] = []
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  add(line: string): void {
    this.#lines.push(line)
    if (this.#lines.length > this.#most) this.#lines.shift()
  }

  /** At most `length` characters, the last ones. */
  text(length: number): string {
    const all = this.#lines.join('\n')
    return all.length <= length ? all : `…${all.slice(1 - length)}`
  }
}
