import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

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
