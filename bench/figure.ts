/** One measured figure, and that of a peer measured in the same run. */
export interface Figure {
  /** With its unit, for example `power-on to DHCP, s`. */
  readonly figure: string
  readonly ours: number
  /** Who was measured beside us; null where nobody does the same. */
  readonly peer: string | null
  readonly theirs: number | null
  /** Above 1: we are better. */
  readonly ratio: number | null
}

export type Bench = () => AsyncIterable<Figure>

export function printFigure(bench: string, figure: Figure): void {
  process.stdout.write(`${JSON.stringify({ bench, ...figure })}\n`)
}

/** A figure that no peer has. */
export function alone(figure: string, ours: number): Figure {
  return { figure, ours, peer: null, theirs: null, ratio: null }
}
