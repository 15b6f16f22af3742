import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode, ValidationRule } from '../../api/schema.ts'
import { fieldPath } from '../cel/field-path.ts'
import { invalid, notSupported, required } from './cause.ts'

const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired']

/** What is wrong with how rules are written down, before anybody reads the expressions. */
export function writingFaults(schema: SchemaNode, path: string): StatusCause[] {
  const rules = schema['x-kubernetes-validations'] ?? []
  return rules.flatMap((rule, at) => {
    const place = `${path}.x-kubernetes-validations[${at}]`
    return [...textFaults(rule, place), ...pathFaults(rule, schema, place)]
  })
}

function hasBreaks(text: string): boolean {
  return /[\n\r]/.test(text)
}

function textFaults(
  { rule, message = '', messageExpression = '', reason }: ValidationRule,
  place: string,
): StatusCause[] {
  const faults: StatusCause[] = []
  if (rule.trim() === '') faults.push(required(`${place}.rule`, 'rule is not specified'))
  else if (message !== '' && message.trim() === '') {
    faults.push(invalid(`${place}.message`, message, 'message must be non-empty if specified'))
  } else if (hasBreaks(message.trim())) {
    faults.push(invalid(`${place}.message`, message, 'message must not contain line breaks'))
  } else if (hasBreaks(rule.trim()) && message.trim() === '') {
    faults.push(required(`${place}.message`, 'message must be specified if rule contains line breaks'))
  }
  if (messageExpression !== '' && messageExpression.trim() === '') {
    faults.push(required(`${place}.messageExpression`, 'messageExpression must be non-empty if specified'))
  }
  if (reason !== undefined && !REASONS.includes(reason)) faults.push(notSupported(`${place}.reason`, reason, REASONS))
  return faults
}

function pathFaults({ fieldPath: text = '' }: ValidationRule, schema: SchemaNode, place: string): StatusCause[] {
  const wrong = (why: string) => invalid(`${place}.fieldPath`, text, why)
  if (text === '') return []
  return [
    ...(text.trim() === '' ? [wrong('fieldPath must be non-empty if specified')] : []),
    ...(hasBreaks(text) ? [wrong('fieldPath must not contain line breaks')] : []),
    ...(fieldPath(text, schema) === undefined ? [wrong('fieldPath must be a valid path')] : []),
  ]
}
