/** Small named values that explain a fault; they are logged as fields, so they never hold a secret. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * What may go wrong, said four ways: a code to branch on, a sentence to read, facts to log, and the cause beneath it.
 * A room lists its codes in one file and derives its own class from this one.
 */
export class Fault<Code extends string = string> extends Error {
  readonly code: Code
  readonly facts: Facts

  constructor(code: Code, sentence: string, facts: Facts = {}, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause })
    this.name = 'Fault'
    this.code = code
    this.facts = facts
  }
}

export type WireCode = 'wire/truncated' | 'wire/left-over' | 'wire/no-end' | 'wire/invalid' | 'wire/unsupported'

/** The peer's bytes do not say what their format promises. Never our own mistake, never the caller's. */
export class WireFault extends Fault<WireCode> {}
