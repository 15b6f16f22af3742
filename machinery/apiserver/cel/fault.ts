import { Fault } from '../../../wire/fault.ts'

export type CelCode =
  | 'cel/syntax' // the text is no expression
  | 'cel/program' // it can be read, but never be evaluated
  | 'cel/cost' // evaluation costs more than it may

/** An expression cannot be read, or may not go on. What goes wrong inside of an evaluation is a value: `Failure`. */
export class CelFault extends Fault<CelCode> {
  /** Where in the text; -1 when it is about no place. */
  readonly at: number

  constructor(code: CelCode, sentence: string, at = -1) {
    super(code, sentence, { at })
    this.name = 'CelFault'
    this.at = at
  }
}
