import { isDeepStrictEqual } from 'node:util'
import { isObject } from '../registry/served.ts'
import type { Case } from './case.ts'
import { type Difference, differences, sentence } from './compare.ts'
import type { Shown } from './play.ts'

/** Where our answers are neither as recorded nor as the case says that they differ; a sentence each. */
export function verdict({ differs }: Case, theirs: readonly Shown[], ours: readonly Shown[]): readonly string[] {
  const found = theirs.flatMap((their, index) => inAnswer(String(index + 1), their, ours[index]))
  const said = differs?.ours ?? {}
  const unsaid = found.filter(({ at, ours: value }) => !Object.hasOwn(said, at) || !isDeepStrictEqual(said[at], value))
  const places = new Set(found.map(({ at }) => at))
  const untrue = Object.keys(said).filter(at => !places.has(at))
  return [...unsaid.map(sentence), ...untrue.map(at => `${at} is said to differ, and does not`)]
}

/** Answers with different codes have little else in common: the code and the words are enough. */
function inAnswer(at: string, theirs: Shown, ours: Shown | undefined): readonly Difference[] {
  if (!ours) return [{ at, theirs: theirs.code, ours: undefined }]
  if (theirs.code === ours.code) return differences(theirs, ours, at)
  const words = { at: `${at}.body.message`, theirs: messageOf(theirs.body), ours: messageOf(ours.body) }
  return [{ at: `${at}.code`, theirs: theirs.code, ours: ours.code }, words]
}

function messageOf(body: unknown): unknown {
  if (!isObject(body)) return undefined
  return body.given === undefined ? body.message : `${body.given}: ${String(messageOf(body.answered))}`
}
