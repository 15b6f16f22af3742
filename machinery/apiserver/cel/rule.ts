import type { SchemaNode, ValidationRule } from '../../api/schema.ts'
import { compile, type Expression } from './expression.ts'
import { fieldPath } from './field-path.ts'
import { optionalOf, type Type } from './type.ts'

/** A rule of a schema, made ready. */
export interface Rule {
  readonly given: ValidationRule
  /** Absent for one that is empty, or wrong. */
  readonly expression?: Expression
  /** Why it can never be evaluated. */
  readonly fault?: string
  readonly usesOldSelf: boolean
  readonly message?: Expression
  readonly messageFault?: string
  /** From the value to the field that it is about. */
  readonly path?: string
}

/** Every rule of a schema, in order; the type is the one that they see of it. */
export function rulesOf(schema: SchemaNode, type: Type): readonly Rule[] {
  return (schema['x-kubernetes-validations'] ?? []).map(given => ruleOf(given, schema, type))
}

function ruleOf(given: ValidationRule, schema: SchemaNode, type: Type): Rule {
  if (given.rule.trim() === '') return { given, usesOldSelf: false }
  const variables = { self: type, oldSelf: given.optionalOldSelf ? optionalOf(type) : type }
  const expression = compile(given.rule, variables)
  if (typeof expression === 'string') return { given, usesOldSelf: false, fault: expression }
  if (expression.type.kind !== 'bool') {
    return { given, usesOldSelf: false, fault: 'cel expression must evaluate to a bool' }
  }
  const path = given.fieldPath === undefined ? undefined : fieldPath(given.fieldPath, schema)
  return {
    given,
    expression,
    usesOldSelf: expression.names.has('oldSelf'),
    ...(given.messageExpression && messageOf(given.messageExpression, variables)),
    ...(path !== undefined && { path }),
  }
}

function messageOf(text: string, variables: Readonly<Record<string, Type>>): Pick<Rule, 'message' | 'messageFault'> {
  const message = compile(text, variables)
  if (typeof message === 'string') return { messageFault: `messageExpression ${message.replace(/^program /, '')}` }
  return message.type.kind === 'string' ? { message } : { messageFault: 'messageExpression must evaluate to a string' }
}
