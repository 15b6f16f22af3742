import type { Command } from '../../../wire/ipmi/command.ts'
import type { Response } from '../../../wire/ipmi/message.ts'

/** What the command asked for, or the code it was refused with. */
export type Answer<T> = { readonly value: T } | { readonly completion: number }

/** Undefined when the response is not to this command; throws a WireFault when it says less than it should. */
export function answerTo<T>({ request, decode }: Command<T>, response: Response): Answer<T> | undefined {
  if (response.netFn !== request.netFn || response.command !== request.command) return undefined
  return response.completion === 0 ? { value: decode(response.data) } : { completion: response.completion }
}
