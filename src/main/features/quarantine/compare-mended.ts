import { deliveredValue, wholeRecord } from '../../pipeline/amendment/amendment.ts'
import { readKnownRecords, type KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'
import type { Judgement } from '../../pipeline/amendment/judge-record.ts'
import { readMendedRecord } from '../../pipeline/amendment/read-mended-record.ts'
import { compileForm } from '../../pipeline/contract/compile-form.ts'
import { rearmed } from '../../pipeline/export/csv-cell.ts'
import { peopleText, type PeopleFormat } from '../../pipeline/export/people-file.ts'
import type { Desk } from './desk.ts'
import { findTarget } from './find-target.ts'
import { besideColumns, idOfToken, rowToken } from './mended-columns.ts'
import type { MendedFile, MendedRow } from './read-mended-file.ts'

/** A row of the file of which nothing is taken, and why. */
export interface ToldRow {
  readonly line: number
  readonly why: string
}

/** What a mended file says: the cells that differ from what was sent, by row, and the rows of which nothing is taken. */
export interface MendedEdits {
  readonly matched: number
  /** By arrival number: texts by field; under `row` the whole record. */
  readonly edits: ReadonlyMap<number, Readonly<Record<string, string>>>
  readonly told: readonly ToldRow[]
}

/** What became of a row's cells: what differs, or why nothing is taken. */
type Compared = Readonly<Record<string, string>> | string

/** Matches the rows of a mended file to those that were sent, and compares each cell with the one that was sent. */
export function compareMended(desk: Desk, { format, rows, unread }: MendedFile): MendedEdits {
  const told: ToldRow[] = [...unread]
  const wanted = new Map<string, MendedRow>()
  for (const row of rows) {
    const token = row.cells[besideColumns.row]?.trim() ?? ''
    const twin = wanted.get(token)
    if (idOfToken(token) === null) told.push({ line: row.line, why: whyNoToken(token) })
    else if (twin !== undefined)
      told.push({ line: row.line, why: `The same row stands on line ${twin.line} already; that one counts.` })
    else wanted.set(token, row)
  }
  const arrivals = findTarget(desk, { ids: [...wanted.keys()].map((token) => idOfToken(token) ?? 0) })
  const judge = desk.judges('in force')
  const compare = compileComparison(desk, format)
  const edits = new Map<number, Readonly<Record<string, string>>>()
  let matched = 0
  for (const record of readKnownRecords(desk.connection, arrivals, desk.publishedRun())) {
    const token = rowToken(record)
    const found = wanted.get(token)
    if (found === undefined) continue
    wanted.delete(token)
    const { line, cells } = found
    const judged = judge(record)
    const compared = compare(record, judged, cells)
    const why =
      typeof compared === 'string' ? compared : Object.keys(compared).length > 0 ? whyLeft(record, judged) : null
    if (why !== null) told.push({ line, why })
    else matched += 1
    if (why === null && typeof compared !== 'string' && Object.keys(compared).length > 0)
      edits.set(record.arrival, compared)
  }
  for (const [token, { line }] of wanted) told.push({ line, why: `No row of this workspace is ${token}.` })
  return { matched, edits, told: told.toSorted((a, b) => a.line - b.line) }
}

function whyNoToken(token: string): string {
  return token === ''
    ? `It has no ${besideColumns.row}, so that nobody can say which row it mends.`
    : `Its ${besideColumns.row} is not as it was sent.`
}

function whyLeft(record: KnownRecord, judged: Judgement): string | null {
  if (judged.state === 'discarded') return 'It was discarded since it was sent: undo that first.'
  return record.state === 'open' ? null : 'It has left the quarantine since it was sent.'
}

function compileComparison(desk: Desk, format: PeopleFormat) {
  const fieldsOf = new Map(
    [...desk.contracts.values()].map((contract) => [
      contract.name,
      contract.fields.map(({ name, form }) => ({ name, parse: compileForm(form) })),
    ]),
  )
  const taken = (text: string) => (format === 'csv' ? rearmed(text) : text)
  return (record: KnownRecord, judged: Judgement, cells: MendedRow['cells']): Compared => {
    if (record.cells === null) return compareRecord(record, judged, cells, format)
    if (!isEmpty(cells[besideColumns.record]))
      return `${besideColumns.record} is for records that could not be parsed: mend the cells of this one.`
    const edits: Record<string, string> = {}
    for (const { name, parse } of fieldsOf.get(record.source) ?? []) {
      const cell = cells[name]
      if (cell === undefined) continue
      const sent = record.cells[name] ?? ''
      const mended = taken(cell ?? '')
      const asSent = peopleText(sent, format)
      if (isSame(cell, asSent) || isSame(mended, sent)) continue
      if (asSent.length < sent.length) return `${name} is longer than a cell of XLSX may be: mend it in a CSV file.`
      // Spreadsheets write the days and numbers of a CSV file in a form of their own.
      if (format === 'csv' && isSameValue(parse, mended, sent)) continue
      edits[name] = mended
    }
    return edits
  }
}

/** Compares the text of a record that could not be parsed. */
function compareRecord(
  record: KnownRecord,
  judged: Judgement,
  cells: MendedRow['cells'],
  format: PeopleFormat,
): Compared {
  const cell = cells[besideColumns.record] ?? ''
  const text = format === 'csv' ? rearmed(cell) : cell
  const asSent = peopleText(record.raw, format)
  if (isEmpty(cell) || isSame(cell, asSent) || isSame(text, record.raw)) {
    const beside = new Set<string>(Object.values(besideColumns))
    const hasCells = Object.entries(cells).some(([name, own]) => !beside.has(name) && !isEmpty(own))
    return hasCells ? `This record could not be parsed: mend its text in ${besideColumns.record}.` : {}
  }
  if (asSent.length < record.raw.length)
    return 'This record is longer than a cell of XLSX may be: mend it in a CSV file.'
  const written = readMendedRecord(text, record.header)
  if (written === null) return 'Its text still cannot be parsed.'
  return JSON.stringify(written) === JSON.stringify(judged.written) ? {} : { [wholeRecord]: text }
}

function isEmpty(cell: string | null | undefined): boolean {
  return deliveredValue(cell) === null
}

/** White space around a cell means nothing, nor does the kind of its line ends, which spreadsheets change. */
function isSame(a: string | null, b: string): boolean {
  return deliveredValue(a)?.replaceAll(/\r\n?/g, '\n') === deliveredValue(b)?.replaceAll(/\r\n?/g, '\n')
}

function isSameValue(parse: (text: string) => unknown, a: string, b: string): boolean {
  const value = parse(a.trim())
  return value !== undefined && !isEmpty(a) && !isEmpty(b) && value === parse(b.trim())
}
