/** Columns by their titles, each a question to a row. */
export type Columns<T> = Readonly<Record<string, (row: T) => string>>

/** Where a command's answer goes. */
export interface Out {
  line(text: string): void
  json(value: unknown): void
  /** Aligned columns, three spaces apart, as kubectl prints them. */
  table<T>(rows: readonly T[], columns: Columns<T>): void
}

export function outTo(write: (text: string) => void): Out {
  const line = (text: string) => write(`${text}\n`)
  return {
    line,
    json: value => line(JSON.stringify(value, undefined, 2)),
    table: (rows, columns) => {
      for (const row of formatTable(rows, columns)) line(row)
    },
  }
}

export function formatTable<T>(rows: readonly T[], columns: Columns<T>): readonly string[] {
  const titles = Object.keys(columns)
  const cells = [titles, ...rows.map(row => Object.values(columns).map(ask => ask(row)))]
  const widths = titles.map((_, at) => Math.max(...cells.map(row => row[at]?.length ?? 0)))
  return cells.map(row =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('   ')
      .trimEnd(),
  )
}
