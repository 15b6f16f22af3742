/** Columns by their titles, each a question to a row. */
export type Columns<T> = Readonly<Record<string, (row: T) => string>>

/** Where a command's answer goes. */
export interface Out {
  line(text: string): void
  json(value: unknown): void
  /** Aligned columns, three spaces apart, as kubectl prints them. */
  table<T>(rows: readonly T[], columns: Columns<T>): void
  /** The same for rows that come one by one, in columns of at least these widths; the titles come with the first. */
  rows(widths: readonly number[]): <T>(row: T, columns: Columns<T>) => void
}

export function outTo(write: (text: string) => void): Out {
  const line = (text: string) => write(`${text}\n`)
  return {
    line,
    json: value => line(JSON.stringify(value, undefined, 2)),
    table: (rows, columns) => {
      for (const row of formatTable(rows, columns)) line(row)
    },
    rows: widths => {
      let begun = false
      return (row, columns) => {
        if (!begun) line(aligned(Object.keys(columns), widths))
        begun = true
        line(
          aligned(
            Object.values(columns).map(ask => ask(row)),
            widths,
          ),
        )
      }
    },
  }
}

export function formatTable<T>(rows: readonly T[], columns: Columns<T>): readonly string[] {
  const titles = Object.keys(columns)
  const cells = [titles, ...rows.map(row => Object.values(columns).map(ask => ask(row)))]
  const widths = titles.map((_, at) => Math.max(...cells.map(row => row[at]?.length ?? 0)))
  return cells.map(row => aligned(row, widths))
}

function aligned(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) => cell.padEnd(widths[at] ?? 0))
    .join('   ')
    .trimEnd()
}
