import { execute, type Rendered } from './execute.ts'
import { FUNCTIONS } from './functions.ts'
import type { LimitOptions } from './limits.ts'
import type { Template } from './node.ts'
import { parse } from './parser.ts'
import type { Value } from './value.ts'

const KNOWN = { has: (name: string) => Object.hasOwn(FUNCTIONS, name) }

/** Reads a template with every function that templates have; throws a TemplateFault naming line and column. */
export function readTemplate(text: string): Template {
  return parse(text, KNOWN)
}

/** Renders a template with this data; throws a TemplateFault naming line and column. */
export function render(template: Template, data: Value, limits?: LimitOptions): string {
  return renderMapped(template, data, limits).text
}

/** The same, with the origin of each part. */
export function renderMapped(template: Template, data: Value, limits?: LimitOptions): Rendered {
  return execute(template, data, FUNCTIONS, limits)
}
