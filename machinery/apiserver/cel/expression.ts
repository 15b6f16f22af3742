import { checkTypes, type Fault } from './checker.ts'
import { CelFault } from './fault.ts'
import { Frame, type Step } from './frame.ts'
import { issueText } from './issue.ts'
import { FUNCTIONS } from './library.ts'
import { literalFaults } from './literal.ts'
import { parse } from './parser.ts'
import { planned } from './program.ts'
import { DYN, type Type } from './type.ts'
import { Failure, type Value } from './value.ts'

/** What one evaluation may cost (`PerCallLimit`). */
export const CALL_LIMIT = 1_000_000

export interface Outcome {
  /** A `Failure` when it has no value. */
  readonly value: Value
  readonly cost: number
  /** Whether it was called off because it cost too much. */
  readonly cancelled: boolean
}

/** An expression that was found to be right for its variables. */
export interface Expression {
  readonly type: Type
  /** Variables that it mentions. */
  readonly names: ReadonlySet<string>
  readonly checked: ReturnType<typeof checkTypes>
  evaluate(values: Readonly<Record<string, Value>>): Outcome
}

/** Reads and checks an expression; a text says what is wrong with it, as the API server says it. */
export function compile(text: string, variables: Readonly<Record<string, Type>>): Expression | string {
  const wrong = (faults: readonly Fault[]) => `compilation failed: ${issueText(text, faults)}`
  try {
    const checked = checkTypes(parse(text), new Map(Object.entries(variables)), FUNCTIONS)
    const faults = checked.faults.length > 0 ? checked.faults : literalFaults(checked)
    if (faults.length > 0) return wrong(faults)
    const step = planned(checked)
    const type = checked.types.get(checked.expr.id) ?? DYN
    return { type, names: checked.names, checked, evaluate: values => run(step, new Frame(values, CALL_LIMIT)) }
  } catch (error) {
    if (!(error instanceof CelFault)) throw error
    if (error.code === 'cel/program') return `program instantiation failed: ${error.message}`
    return wrong([{ why: error.message, at: error.at }])
  }
}

function run(step: Step, frame: Frame): Outcome {
  try {
    return { value: step(frame), cost: frame.cost, cancelled: false }
  } catch (error) {
    if (!(error instanceof CelFault)) throw error
    return { value: new Failure(error.message), cost: frame.cost, cancelled: true }
  }
}
