import { Cidr, Ip } from './address.ts'
import { isMapping, isOpaque, List, sizeOf, type Value } from './value.ts'

/** A letter of a text costs this to look at, one of a pattern that. */
export const PER_LETTER = 0.1
export const PER_PATTERN_LETTER = 0.25

type Cost = (args: readonly Value[], result: Value) => number

function letters(times: number): Cost {
  return ([text = '']) => Math.ceil(sizeOf(text) * times * PER_LETTER)
}

const TRAVERSED = letters(1)
const TRAVERSED_TWICE = letters(2)

function patternCost([text = '', pattern = '']: readonly Value[]): number {
  return Math.ceil((1 + sizeOf(text)) * PER_LETTER) * Math.ceil(sizeOf(pattern) * PER_PATTERN_LETTER)
}

function shorter([a = null, b = null]: readonly Value[]): number {
  if (isOpaque(a)) return 1
  return Math.ceil(Math.min(sizeOf(a), sizeOf(b)) * PER_LETTER)
}

function orderCost(args: readonly Value[]): number {
  return typeof args[0] === 'string' || args[0] instanceof Uint8Array ? shorter(args) : 1
}

function plusCost([a = null, b = null]: readonly Value[]): number {
  const textual = typeof a === 'string' || a instanceof Uint8Array
  return textual ? Math.ceil((sizeOf(a) + sizeOf(b)) * PER_LETTER) : 1
}

/** Going through a value and all in it. */
function traversal(value: Value): number {
  if (typeof value === 'string') return Math.trunc(Buffer.byteLength(value) * PER_LETTER)
  if (value instanceof Uint8Array) return Math.trunc(value.length * PER_LETTER)
  if (value instanceof List) return value.items.reduce<number>((sum, item) => sum + traversal(item), 0)
  if (typeof value !== 'object' || value === null || !isMapping(value)) return 1
  return value.keys().reduce<number>((sum, key) => sum + traversal(key) + traversal(value.find(key) ?? null), 0)
}

function bytesOf(value: Value | undefined): number {
  const ip = value instanceof Cidr ? value.ip : value
  if (ip instanceof Ip) return ip.bytes.length
  return typeof value === 'string' ? sizeOf(value) : 1
}

function containsIp([cidr, other]: readonly Value[]): number {
  const text = typeof other === 'string' ? Math.ceil(bytesOf(other) * PER_LETTER) : 0
  return Math.ceil(2 * bytesOf(cidr) * PER_LETTER) + text
}

function containsCidr(args: readonly Value[]): number {
  return containsIp(args) + Math.ceil(bytesOf(args[0]) * PER_LETTER) + 1
}

function setsCost(times: number): Cost {
  return ([a = null, b = null]) => 1 + Math.trunc(sizeOf(a) * sizeOf(b) * times)
}

const LISTED: Cost = ([list = null]) => traversal(list)

/** What a call costs when it has been made (k8s.io/apiserver `pkg/cel/library/cost.go`, cel-go `runtimecost.go`). */
const COSTS: Readonly<Record<string, Cost>> = {
  isSorted: LISTED,
  sum: LISTED,
  max: LISTED,
  min: LISTED,
  indexOf: LISTED,
  lastIndexOf: LISTED,
  url: TRAVERSED,
  lowerAscii: TRAVERSED,
  upperAscii: TRAVERSED,
  substring: TRAVERSED,
  trim: TRAVERSED,
  replace: TRAVERSED_TWICE,
  split: TRAVERSED_TWICE,
  join: (_, result) => Math.ceil(sizeOf(result) * 2 * PER_LETTER),
  find: patternCost,
  findAll: patternCost,
  matches: patternCost,
  cidr: TRAVERSED,
  isIP: TRAVERSED,
  isCIDR: TRAVERSED,
  quantity: TRAVERSED,
  isQuantity: TRAVERSED,
  ip: args => (args[0] instanceof Cidr ? 1 : TRAVERSED(args, null)),
  'ip.isCanonical': TRAVERSED_TWICE,
  containsIP: containsIp,
  containsCIDR: containsCidr,
  validate: ([, text = '']) => Math.ceil((1 + sizeOf(text)) * PER_LETTER) * 15,
  startsWith: ([text = '']) => TRAVERSED([text], null),
  endsWith: ([text = '']) => TRAVERSED([text], null),
  'strings.quote': TRAVERSED,
  format: TRAVERSED,
  bytes: args => (typeof args[0] === 'string' ? TRAVERSED(args, null) : 1),
  string: args => (args[0] instanceof Uint8Array ? TRAVERSED(args, null) : 1),
  '@in': ([, list = null]) => (list instanceof List ? sizeOf(list) : 1),
  contains: ([text = '', part = '']) => Math.ceil(sizeOf(text) * PER_LETTER) * Math.ceil(sizeOf(part) * PER_LETTER),
  '_==_': shorter,
  '_!=_': shorter,
  '_<_': orderCost,
  '_<=_': orderCost,
  '_>_': orderCost,
  '_>=_': orderCost,
  '_+_': plusCost,
  'sets.contains': setsCost(1),
  'sets.intersects': setsCost(1),
  'sets.equivalent': setsCost(2),
}

export function callCost(name: string, args: readonly Value[], result: Value): number {
  const cost = Object.hasOwn(COSTS, name) ? COSTS[name] : undefined
  return cost ? cost(args, result) : 1
}
