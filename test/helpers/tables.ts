import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** The records of CSV text, the header first; a plain reader of RFC 4180, independent of the product's. */
function parseCsv(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (character === '"') isQuoted = true
    else if (character === ',' || character === '\n') {
      record.push(cell)
      cell = ''
      if (character === '\n') {
        records.push(record)
        record = []
      }
    } else cell += character
  }
  return records
}

/** What is missing from and what is too much in an exported table, by the columns of the expected one, as multisets. */
export function differences(expected: string, actual: string): { missing: string[]; extra: string[] } {
  const [header = [], ...wanted] = parseCsv(expected.replaceAll('\r\n', '\n'))
  const [actualHeader = [], ...given] = parseCsv(actual)
  const places = header.map((column) => {
    const place = actualHeader.indexOf(column)
    if (place < 0) throw new Error(`no column ${column}`)
    return place
  })
  const counts = new Map<string, number>()
  for (const row of wanted) counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1)
  for (const row of given) {
    const text = JSON.stringify(places.map((place) => row[place]))
    counts.set(text, (counts.get(text) ?? 0) - 1)
  }
  const off = [...counts].filter(([, count]) => count !== 0)
  return {
    missing: off.filter(([, count]) => count > 0).map(([row]) => row),
    extra: off.filter(([, count]) => count < 0).map(([row]) => row),
  }
}

/** Every expected table that differs, with its differences; empty when all are equal. */
export function compareFolders(
  expectedFolder: string,
  actualFolder: string,
): Record<string, ReturnType<typeof differences>> {
  const names = readdirSync(expectedFolder).filter((name) => name.endsWith('.csv'))
  if (names.length === 0) throw new Error(`no expected tables in ${expectedFolder}`)
  return Object.fromEntries(
    names
      .map(
        (name) =>
          [
            name,
            differences(
              readFileSync(join(expectedFolder, name), 'utf8'),
              readFileSync(join(actualFolder, name), 'utf8'),
            ),
          ] as const,
      )
      .filter(([, { missing, extra }]) => missing.length + extra.length > 0),
  )
}

/** Every table of a folder whose Parquet file, read by DuckDB, does not say what its CSV file says, row by row. */
export async function compareParquetWithCsv(folder: string): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const names = readdirSync(folder).filter((name) => name.endsWith('.parquet'))
  if (names.length === 0) throw new Error(`no Parquet files in ${folder}`)
  const different: string[] = []
  for (const name of names) {
    const path = join(folder, name)
    const types = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${path}')`)).getRowObjects()
    const reader = await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM read_parquet('${path}')`)
    const rows = reader.getRows().map((row) =>
      row.map((value, column) => {
        const text = typeof value === 'string' ? value : ''
        return types[column]?.['column_type'] === 'VARCHAR' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
      }),
    )
    const written = parseCsv(readFileSync(path.replace(/parquet$/, 'csv'), 'utf8'))
    const read = [types.map((type) => String(type['column_name'])), ...rows]
    if (JSON.stringify(written) !== JSON.stringify(read)) different.push(name)
  }
  connection.closeSync()
  instance.closeSync()
  return different
}
