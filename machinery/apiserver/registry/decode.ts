import { ApiFault } from '../../api/fault.ts'
import type { Kind } from '../../api/kind.ts'

/** What was sent cannot be read as an object of its kind. */
export class DecodeFault extends ApiFault {
  /** The decoder's own sentence. */
  readonly why: string

  constructor({ kind, version }: Pick<Kind, 'kind' | 'version'>, why: string) {
    super('BadRequest', `${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`)
    this.why = why
  }
}
