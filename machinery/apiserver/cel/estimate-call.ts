import { PER_LETTER, PER_PATTERN_LETTER } from './cost.ts'
import type { Overload } from './function.ts'
import { ANY, ONE, plus, type Range, scaled, times, UNBOUNDED, union } from './size.ts'
import type { Type } from './type.ts'
import type { Literal } from './value.ts'

/** What is known of an argument: its type, its size, and that of its items. */
export interface Node {
  readonly type: Type
  readonly size: Range
  readonly items?: Range
  readonly literal?: Literal
}

export interface CallEstimate {
  readonly cost: Range
  /** Of the result, where it is told from the arguments. */
  readonly size?: Range
}

interface Call {
  readonly name: string
  readonly method: boolean
  /** The target of a method first. */
  readonly nodes: readonly Node[]
  readonly overloads: readonly Overload[]
}

type Guess = (nodes: readonly Node[], call: Call) => CallEstimate | undefined

/** Covers all the meanings that a call may have. */
export function estimateCall(call: Call): CallEstimate {
  const guess = Object.hasOwn(GUESSES, call.name) ? GUESSES[call.name] : undefined
  return guess?.(call.nodes, call) ?? { cost: ONE }
}

function sizeOf(node: Node | undefined): Range {
  return node?.size ?? ANY
}

function traversed(factor: number): Guess {
  return ([text]) => ({ cost: scaled(sizeOf(text), factor * PER_LETTER), size: sizeOf(text) })
}

/** Of a text that something else is made of, which has no size. */
function parsed(factor: number): Guess {
  return ([text]) => (text?.type.kind === 'string' ? { cost: scaled(sizeOf(text), factor * PER_LETTER) } : undefined)
}

function listed([list]: readonly Node[]): CallEstimate {
  if (list?.type.kind !== 'list') return { cost: scaled(sizeOf(list), PER_LETTER) }
  const item = list.type.of[0]?.kind
  const textual = item === 'string' || item === 'bytes'
  return { cost: times(sizeOf(list), textual ? plus(ONE, scaled(list.items ?? ANY, PER_LETTER)) : ONE) }
}

function patterned([text, pattern]: readonly Node[]): CallEstimate {
  const ofText = scaled(plus(sizeOf(text), ONE), PER_LETTER)
  return { cost: times(ofText, scaled(sizeOf(pattern), PER_PATTERN_LETTER)) }
}

function found(nodes: readonly Node[]): CallEstimate {
  return { ...patterned(nodes), size: { least: 0, most: sizeOf(nodes[0]).most } }
}

function replaced([text, part, by]: readonly Node[]): CallEstimate {
  const [size, from, to] = [sizeOf(text), sizeOf(part), sizeOf(by)]
  const most = { count: 0, kept: 0 }
  const least = { count: 0, kept: 0 }
  if (from.least === 0) {
    most.count = size.most < UNBOUNDED ? size.most + 1 : size.most
    most.kept = size.most
  } else if (to.most <= from.least) most.kept = size.most
  else most.count = Math.ceil(size.most / from.least)
  if (from.most === 0) {
    least.count = size.least < UNBOUNDED ? size.least + 1 : size.least
    least.kept = size.least
  } else if (from.most <= to.least) least.kept = size.least
  else least.count = Math.ceil(size.least / from.most)
  const times_ = times({ least: least.count, most: most.count }, to)
  return { cost: scaled(size, 2 * PER_LETTER), size: plus(times_, { least: least.kept, most: most.kept }) }
}

function split([text, , limit]: readonly Node[]): CallEstimate {
  const most = typeof limit?.literal === 'bigint' && limit.literal >= 0n ? Number(limit.literal) : sizeOf(text).most
  return { cost: scaled(sizeOf(text), 2 * PER_LETTER), size: { least: 0, most } }
}

function join([list, by]: readonly Node[]): CallEstimate {
  const count = sizeOf(list)
  const texts = times(count, list?.items ?? ANY)
  const gaps = { least: Math.max(0, count.least - 1), most: Math.max(0, count.most - 1) }
  const size = by ? plus(texts, times(sizeOf(by), gaps)) : texts
  return { cost: scaled(size, PER_LETTER), size }
}

function plusEstimate([a, b]: readonly Node[], { overloads }: Call): CallEstimate {
  const kinds = new Set(overloads.map(({ result }) => result.kind))
  const size = plus(sizeOf(a), sizeOf(b))
  const copying = kinds.has('string') || kinds.has('bytes')
  const plain = [...kinds].some(kind => kind !== 'string' && kind !== 'bytes')
  const copied = scaled(size, PER_LETTER)
  const cost = copying ? (plain ? union(copied, ONE) : copied) : ONE
  return copying || kinds.has('list') ? { cost, size } : { cost }
}

function compared(a: Range, b: Range): Range {
  const most = Math.min(a.most, b.most)
  return scaled({ least: most > 0 ? 1 : 0, most }, PER_LETTER)
}

const CHEAP = new Set(['net.IP', 'net.CIDR', 'kubernetes.Quantity'])

function equal([a, b]: readonly Node[]): CallEstimate {
  if (a && b && a.type.kind === 'opaque' && a.type.name === b.type.name && CHEAP.has(a.type.name)) return { cost: ONE }
  return { cost: compared(sizeOf(a), sizeOf(b)) }
}

function ordered([a, b]: readonly Node[], { overloads }: Call): CallEstimate {
  const textual = overloads.filter(({ args: [first] }) => first?.kind === 'string' || first?.kind === 'bytes')
  if (textual.length === 0) return { cost: ONE }
  const cost = compared(sizeOf(a), sizeOf(b))
  return { cost: textual.length < overloads.length ? union(cost, ONE) : cost }
}

function within([, list]: readonly Node[], { overloads }: Call): CallEstimate {
  const kinds = new Set(overloads.map(({ args: [, of] }) => of?.kind))
  if (!kinds.has('list')) return { cost: ONE }
  return { cost: kinds.size > 1 ? union(sizeOf(list), ONE) : sizeOf(list) }
}

function contains([text, part]: readonly Node[]): CallEstimate {
  return { cost: times(scaled(sizeOf(text), PER_LETTER), scaled(sizeOf(part), PER_LETTER)) }
}

function sets(factor: number): Guess {
  return ([a, b]) => ({ cost: plus(scaled(times(sizeOf(a), sizeOf(b)), factor), ONE) })
}

const ADDRESS: Range = { least: 4, most: 16 }

function containsIp([, other]: readonly Node[]): CallEstimate {
  const cost = scaled(plus(ADDRESS, ADDRESS), PER_LETTER)
  return { cost: other?.type.kind === 'string' ? plus(cost, scaled(scaled(sizeOf(other), PER_LETTER), 1)) : cost }
}

function containsCidr(nodes: readonly Node[]): CallEstimate {
  return { cost: plus(containsIp(nodes).cost, scaled(ADDRESS, PER_LETTER), ONE) }
}

function toBytes([text]: readonly Node[]): CallEstimate {
  if (text?.type.kind !== 'string') return { cost: ONE }
  return { cost: scaled(sizeOf(text), PER_LETTER), size: { least: sizeOf(text).least, most: sizeOf(text).most * 4 } }
}

function toText([bytes]: readonly Node[]): CallEstimate {
  if (bytes?.type.kind !== 'bytes') return { cost: ONE }
  return {
    cost: scaled(sizeOf(bytes), PER_LETTER),
    size: { ...sizeOf(bytes), least: Math.floor(sizeOf(bytes).least / 4) },
  }
}

function quoted([text]: readonly Node[]): CallEstimate {
  const size = sizeOf(text)
  return { cost: scaled(size, PER_LETTER), size: { least: size.least + 2, most: size.most * 2 + 2 } }
}

const GUESSES: Readonly<Record<string, Guess>> = {
  isSorted: listed,
  sum: listed,
  max: listed,
  min: listed,
  indexOf: listed,
  lastIndexOf: listed,
  url: traversed(1),
  lowerAscii: traversed(1),
  upperAscii: traversed(1),
  substring: traversed(1),
  trim: traversed(1),
  replace: replaced,
  split,
  join,
  find: found,
  findAll: found,
  matches: (nodes, call) => (call.method ? patterned(nodes) : undefined),
  ip: parsed(1),
  'ip.isCanonical': parsed(2),
  isIP: parsed(1),
  isCIDR: parsed(1),
  cidr: parsed(1),
  quantity: parsed(1),
  isQuantity: parsed(1),
  containsIP: containsIp,
  containsCIDR: containsCidr,
  validate: ([, text]) => ({ cost: scaled(scaled(sizeOf(text), PER_LETTER), 128 * PER_PATTERN_LETTER) }),
  format: ([text]) => ({ cost: scaled(sizeOf(text), PER_LETTER) }),
  bytes: toBytes,
  string: toText,
  'strings.quote': quoted,
  startsWith: ([, part]) => ({ cost: scaled(sizeOf(part), PER_LETTER) }),
  endsWith: ([, part]) => ({ cost: scaled(sizeOf(part), PER_LETTER) }),
  '@in': within,
  contains,
  '_==_': equal,
  '_!=_': equal,
  '_<_': ordered,
  '_<=_': ordered,
  '_>_': ordered,
  '_>=_': ordered,
  '_+_': plusEstimate,
  'sets.contains': sets(1),
  'sets.intersects': sets(1),
  'sets.equivalent': sets(2),
}
