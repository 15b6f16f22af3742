import { type Facts, Fault } from '../../../wire/fault.ts'

/** Whose mistake it is, and what kind: each is the author's of the template, none is ours. */
export type TemplateCode =
  | 'template/syntax'
  | 'template/unknown-function'
  | 'template/unknown-variable'
  | 'template/unknown-template'
  | 'template/unknown-field'
  | 'template/arguments'
  | 'template/function'
  | 'template/type'
  | 'template/steps'
  | 'template/output'

/** A place in the text the author wrote; both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** The template cannot be read or rendered; the sentence begins with the line and column of the author's text. */
export class TemplateFault extends Fault<TemplateCode> {
  readonly place: Place
  /** The sentence without its place. */
  readonly reason: string

  constructor(code: TemplateCode, reason: string, { place, facts }: { readonly place: Place; readonly facts?: Facts }) {
    super(code, `line ${place.line}, column ${place.column}: ${reason}`, { ...place, ...facts })
    this.place = place
    this.reason = reason
  }
}

/** What a function of the template language refuses; the executor adds the place. */
export class FunctionFault extends Fault<TemplateCode> {}

/** Line and column of an offset. Columns count characters as JavaScript does. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset)
  const start = before.lastIndexOf('\n') + 1
  let line = 1
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++
  return { line, column: offset - start + 1 }
}
