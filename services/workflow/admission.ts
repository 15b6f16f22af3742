import type { Kind } from '../../machinery/api/kind.ts'
import type { KubeObject } from '../../machinery/api/object.ts'
import { checkTemplate, mistakeText } from './check.ts'

/** A write as the API server shows it to admission rules. */
export interface TemplateWrite {
  readonly kind: Pick<Kind, 'group' | 'kind'>
  readonly object: KubeObject
  readonly old?: KubeObject
}

/** How many mistakes one refusal names. */
const NAMED_MOST = 5

/** Refuses a Template that cannot be right for any machine; undefined lets it pass. */
export function templateAdmission({ kind, object, old }: TemplateWrite): string | undefined {
  if (kind.kind !== 'Template' || kind.group !== 'tinkerbell.org') return undefined
  const text = dataOf(object)
  if (typeof text !== 'string' || text === '') return 'spec.data: it is missing: the template text belongs there'
  if (old && dataOf(old) === text) return undefined
  const mistakes = checkTemplate(text)
  if (mistakes.length === 0) return undefined
  const more = mistakes.length > NAMED_MOST ? `; and ${mistakes.length - NAMED_MOST} more` : ''
  return `spec.data: ${mistakes.slice(0, NAMED_MOST).map(mistakeText).join('; ')}${more}`
}

function dataOf(object: KubeObject): unknown {
  const { spec } = object as { readonly spec?: { readonly data?: unknown } }
  return spec?.data
}
