import { parse } from 'csv-parse/sync'
import { Fault } from '../../wire/fault.ts'
import { COLUMN_NAMES, COLUMNS, type ColumnName, isColumn } from './columns.ts'

/** One thing wrong with the list, and where. Passwords are never shown as values. */
export interface Problem {
  readonly line: number
  readonly column?: string
  readonly value?: string
  readonly says: string
}

/** One machine's row; values are checked and in their usual form. */
export type Row = { readonly line: number } & { readonly [name in ColumnName]: string }

/** Everything that is wrong with a hardware list, in one go. */
export class InventoryFault extends Fault<'inventory/invalid'> {
  readonly problems: readonly Problem[]

  constructor(file: string, problems: readonly Problem[]) {
    super('inventory/invalid', problems.map(problem => describe(file, problem)).join('\n'), {
      file,
      problems: problems.length,
    })
    this.problems = problems
  }
}

function describe(file: string, { line, column, value, says }: Problem): string {
  const shown = value === undefined ? '' : ` "${value}"`
  return `${file}:${line}: ${column ? `${column}${shown}: ` : ''}${says}`
}

interface CsvRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** Reads a hardware CSV: byte order mark, CRLF and quotes are fine. Throws InventoryFault with every problem found. */
export function readCsv(text: string, file: string): readonly Row[] {
  const records = split(text, file)
  const header = records[0]?.record.map(name => name.trim().toLowerCase())
  if (!header)
    throw new InventoryFault(file, [{ line: 1, says: 'the file is empty; the first line names the columns' }])
  const problems = headerProblems(header)
  if (problems.length > 0) throw new InventoryFault(file, problems)

  const rows = records.slice(1).map(record => readRow(header, record, problems))
  problems.push(...duplicates(rows))
  if (problems.length > 0)
    throw new InventoryFault(
      file,
      problems.sort((a, b) => a.line - b.line),
    )
  return rows
}

function split(text: string, file: string): readonly CsvRecord[] {
  const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const
  try {
    return parse(text, options) as unknown as readonly CsvRecord[]
  } catch (fault) {
    const line = (fault as { lines?: number }).lines ?? 1
    throw new InventoryFault(file, [{ line, says: `not a CSV file: ${(fault as Error).message}` }])
  }
}

function headerProblems(header: readonly string[]): Problem[] {
  const line = 1
  const missing = COLUMN_NAMES.filter(name => COLUMNS[name].required && !header.includes(name))
  const unknown = header.filter(name => !isColumn(name))
  const twice = header.filter((name, index) => header.indexOf(name) !== index)
  return [
    ...missing.map(column => ({ line, column, says: 'this column is missing' })),
    ...unknown.map(column => ({ line, column, says: `no such column; there are ${COLUMN_NAMES.join(', ')}` })),
    ...twice.map(column => ({ line, column, says: 'this column stands there twice' })),
  ]
}

function readRow(header: readonly string[], { record, info }: CsvRecord, problems: Problem[]): Row {
  const line = info.lines
  if (record.length !== header.length) {
    problems.push({ line, says: `${record.length} values where the header names ${header.length} columns` })
  }
  const row = Object.fromEntries(COLUMN_NAMES.map(name => [name, record[header.indexOf(name)] ?? ''])) as Record<
    ColumnName,
    string
  >
  for (const name of COLUMN_NAMES) row[name] = readValue(row[name], { line, column: name }, problems)
  problems.push(...bmcProblems(row, line))
  return { line, ...row }
}

function readValue(value: string, { line, column }: { line: number; column: ColumnName }, problems: Problem[]): string {
  if (value === '') {
    if (COLUMNS[column].filled) problems.push({ line, column, says: 'a value is missing' })
    return value
  }
  const checked = COLUMNS[column].check(value)
  if ('value' in checked) return checked.value
  problems.push({ line, column, value, says: checked.wrong })
  return value
}

/** The three columns of a BMC belong together: one without the others reaches nothing. */
function bmcProblems(row: Record<ColumnName, string>, line: number): Problem[] {
  const columns = ['bmc_ip', 'bmc_username', 'bmc_password'] as const
  const empty = columns.filter(name => row[name] === '')
  if (empty.length === 0 || empty.length === columns.length) return []
  return empty.map(column => ({ line, column, says: 'a value is missing, since other columns of the BMC have one' }))
}

function duplicates(rows: readonly Row[]): Problem[] {
  return COLUMN_NAMES.filter(name => COLUMNS[name].unique).flatMap(column => {
    const first = new Map<string, number>()
    return rows.flatMap(row => {
      const value = row[column]
      if (value === '') return []
      const seen = first.get(value)
      if (seen === undefined) first.set(value, row.line)
      return seen === undefined
        ? []
        : [{ line: row.line, column, value, says: `the row of line ${seen} has it already` }]
    })
  })
}
