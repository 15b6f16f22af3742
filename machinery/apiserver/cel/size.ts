/** A range of sizes or costs. Beyond 2^64 all is the same: too much. */
export interface Range {
  readonly least: number
  readonly most: number
}

export const UNBOUNDED = 2 ** 64

export function exactly(count: number): Range {
  return { least: count, most: count }
}

export const NOTHING = exactly(0)
export const ONE = exactly(1)
export const ANY: Range = { least: 0, most: UNBOUNDED }

function capped(value: number): number {
  return Math.min(value, UNBOUNDED)
}

export function plus(...ranges: readonly Range[]): Range {
  const sum = (all: readonly number[]) => capped(all.reduce((total, one) => total + one, 0))
  return { least: sum(ranges.map(one => one.least)), most: sum(ranges.map(one => one.most)) }
}

export function times(a: Range, b: Range): Range {
  return { least: capped(a.least * b.least), most: capped(a.most * b.most) }
}

/** Rounded up. */
export function scaled({ least, most }: Range, factor: number): Range {
  return { least: capped(Math.ceil(least * factor)), most: capped(Math.ceil(most * factor)) }
}

export function union(a: Range, b: Range): Range {
  return { least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) }
}
