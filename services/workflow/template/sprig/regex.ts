import { RE2JS, RE2JSSyntaxException } from 're2js'
import { FunctionFault } from '../fault.ts'
import { count, type Functions, fn, text } from '../function.ts'
import type { Limits } from '../limits.ts'

/** Longer patterns than any person writes: compiling costs memory. */
const PATTERN_MOST = 1000

/** Sprig's regular expressions (sprig regex.go), in Go's own syntax and linear time. */
const REGEX_FUNCTIONS: Functions = {
  regexMatch: fn([text, text], ([pattern, value], limits) => [...matches(pattern, value, limits)].length > 0),
  regexFind: fn([text, text], ([pattern, value], limits) => [...matches(pattern, value, limits)][0]?.text ?? ''),
  regexFindAll: fn([text, text, count], ([pattern, value, most], limits) =>
    firstOf([...matches(pattern, value, limits)], most).map(match => match.text),
  ),
  regexReplaceAll: fn([text, text, text], ([pattern, value, fresh], limits) =>
    replaced({ pattern, value }, match => expanded(fresh, match), limits),
  ),
  regexReplaceAllLiteral: fn([text, text, text], ([pattern, value, fresh], limits) =>
    replaced({ pattern, value }, () => fresh, limits),
  ),
  regexSplit: fn([text, text, count], ([pattern, value, most], limits) => split({ pattern, value }, most, limits)),
  regexQuoteMeta: fn([text], ([value]) => value.replaceAll(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
}

export const REGEX: Functions = {
  ...REGEX_FUNCTIONS,
  // Of these only regexMatch takes a wrong pattern for one that does not match.
  regexMatch: fn([text, text], ([pattern, value], limits) => {
    try {
      return [...matches(pattern, value, limits)].length > 0
    } catch (fault) {
      if (fault instanceof FunctionFault && fault.code === 'template/function') return false
      throw fault
    }
  }),
  ...Object.fromEntries(
    Object.entries(REGEX_FUNCTIONS).map(([name, each]) => [
      `must${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      each,
    ]),
  ),
}

interface Match {
  readonly start: number
  readonly end: number
  readonly text: string
  group(name: string): string | null
}

interface Subject {
  readonly pattern: string
  readonly value: string
}

/** Matches one after another; the group of a match is asked for before the next one is. */
function* matches(pattern: string, value: string, limits: Limits): Iterable<Match> {
  limits.step(1 + Math.ceil(value.length / 16))
  const matcher = compiled(pattern).matcher(value)
  let last = -1
  while (matcher.find()) {
    limits.step()
    const [start, end] = [matcher.start(), matcher.end()]
    // Go: an empty match right behind the last one is none.
    if (start === end && start === last) continue
    last = end
    const group = (name: string) => {
      if (!/^[0-9]+$/.test(name)) return (matcher.getNamedGroups() as Record<string, string | null>)[name] ?? null
      return Number(name) <= matcher.groupCount() ? matcher.group(Number(name)) : null
    }
    yield { start, end, text: value.slice(start, end), group }
  }
}

function compiled(pattern: string): RE2JS {
  if (pattern.length > PATTERN_MOST) {
    throw new FunctionFault('template/function', `a pattern longer than ${PATTERN_MOST} characters is not read`)
  }
  try {
    return RE2JS.compile(pattern)
  } catch (fault) {
    if (!(fault instanceof RE2JSSyntaxException)) throw fault
    throw new FunctionFault('template/function', `regexp: ${fault.message}`)
  }
}

function firstOf<T>(all: readonly T[], most: number): readonly T[] {
  return most < 0 ? all : all.slice(0, most)
}

function replaced({ pattern, value }: Subject, fresh: (match: Match) => string, limits: Limits): string {
  let [result, from] = ['', 0]
  for (const match of matches(pattern, value, limits)) {
    result += value.slice(from, match.start) + fresh(match)
    from = match.end
    limits.room(result.length)
  }
  return result + value.slice(from)
}

/** `$1`, `${1}`, `$name`, `${name}` and `$$` (Go: Regexp.Expand; the longest name counts). */
function expanded(template: string, match: Match): string {
  return template.replaceAll(/\$(?:\$|\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
    const name = braced ?? bare
    return name === undefined ? '$' : (match.group(name) ?? '')
  })
}

function split({ pattern, value }: Subject, most: number, limits: Limits): string[] {
  if (most === 0) return []
  if (pattern !== '' && value === '') return ['']
  const parts: string[] = []
  let [from, end] = [0, 0]
  for (const match of matches(pattern, value, limits)) {
    if (most > 0 && parts.length === most - 1) break
    end = match.start
    if (match.end !== 0) parts.push(value.slice(from, end))
    from = match.end
  }
  if (end !== value.length) parts.push(value.slice(from))
  return parts
}
