import { Fault } from '../wire/fault.ts'

/** What may stop a build of HookOS; every sentence says what to do about it. */
export type HookCode =
  | 'hook/program-missing' // a program of HOST_PACKAGES is not installed
  | 'hook/program-failed' // it ran and ended badly; the end of its output is in the sentence
  | 'hook/packages' // Debian's archive could not be reached, or does not hold what the recipe asks for
  | 'hook/recipe' // the recipe names something that the packages do not hold: our mistake

export class HookFault extends Fault<HookCode> {}
