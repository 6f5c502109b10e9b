import { join, resolve } from 'node:path'
import { AppError } from '../../kernel/app-error.ts'
import { readKnownRecords, type KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'
import type { Judgement } from '../../pipeline/amendment/judge-record.ts'
import { discardAside, openAside, publishAside, type AsideFile } from '../../pipeline/export/aside-file.ts'
import { exportError } from '../../pipeline/export/export-error.ts'
import {
  openPeopleFile,
  type PeopleCell,
  type PeopleFile,
  type PeopleFormat,
} from '../../pipeline/export/people-file.ts'
import { mostXlsxRows } from '../../pipeline/export/xlsx-xml.ts'
import type { Desk } from './desk.ts'
import { requireTarget } from './find-target.ts'
import { besideColumns, rowToken } from './mended-columns.ts'
import type { RowTarget } from './protocol.ts'
import { sentTables, type FilesPlace, type SentTable } from './sent-columns.ts'

interface SentFile {
  readonly source: string
  readonly path: string
  readonly aside: AsideFile
  readonly rows: PeopleFile
  readonly table: SentTable
  count: number
}

export interface SendBackRequest {
  readonly target: RowTarget
  readonly format: PeopleFormat
  /** The workspace's `exports` where it names none. */
  readonly out?: string | undefined
}

/** Writes the open rows of a target, as delivered and with their reasons beside, to one file a source; all files or none. */
export function sendBack(desk: Desk, place: FilesPlace, { target, format, out }: SendBackRequest) {
  const arrivals = requireTarget(desk, target)
  const folder = out === undefined ? join(place.workspaceFolder, 'exports') : resolve(out)
  const tables = sentTables(desk, place, arrivals)
  const judge = desk.judges('in force')
  const files = new Map<string, SentFile>()
  let path = folder
  try {
    for (const record of readKnownRecords(desk.connection, arrivals, desk.publishedRun())) {
      const judged = judge(record)
      if (judged.state !== 'open') continue
      let file = files.get(record.source)
      if (file === undefined) {
        path = join(folder, `${record.source}_to_mend.${format}`)
        file = openSentFile(path, record.source, format, tables.get(record.source))
        files.set(record.source, file)
      }
      path = file.path
      file.count += 1
      if (format === 'xlsx' && file.count >= mostXlsxRows) throw tooManyRows(file.path)
      file.rows.put(cellsOf(record, judged, file.table))
    }
    if (files.size === 0) throw nothingOpen()
    for (const file of files.values()) {
      path = file.path
      file.rows.finish()
    }
    for (const file of files.values()) {
      path = file.path
      publishAside(file.aside)
    }
  } catch (error) {
    for (const { aside } of files.values()) discardAside(aside)
    throw exportError(error, path)
  }
  return {
    files: [...files.values()].map(({ path: written, source, count }) => ({ path: written, source, rows: count })),
  }
}

function openSentFile(path: string, source: string, format: PeopleFormat, table: SentTable | undefined): SentFile {
  if (table === undefined) throw new Error(`no table for the source ${source}`)
  const aside = openAside(path)
  const { record, row, reasons } = besideColumns
  const columns = [...table.columns, ...(table.hasRecords ? [record] : []), row, reasons]
  const rows = openPeopleFile(aside, { format, columns, delimiter: table.delimiter, sheet: source })
  return { source, path, aside, rows, table, count: 0 }
}

function cellsOf(record: KnownRecord, { verdict }: Judgement, table: SentTable): readonly PeopleCell[] {
  const errors = verdict.findings.filter(({ severity }) => severity === 'error')
  const problems = new Map<string, string>()
  for (const { field, message } of errors) {
    const before = problems.get(field)
    problems.set(field, before === undefined ? message : `${before} ${message}`)
  }
  const fine = (text: string) => ({ text, problem: null })
  const isUnparsable = record.cells === null
  const own = table.columns.map((column) => ({
    text: record.cells?.[column] ?? null,
    problem: isUnparsable ? null : (problems.get(column) ?? null),
  }))
  const text = isUnparsable ? { text: record.raw, problem: problems.get('row') ?? null } : fine('')
  const reasons = errors.map(({ message }) => message).join(' ')
  return [...own, ...(table.hasRecords ? [text] : []), fine(rowToken(record)), fine(reasons)]
}

function nothingOpen(): AppError {
  return new AppError('NOT_FOUND', 'None of these rows is open any more.', {
    saved: 'No file was written.',
    hint: 'What is corrected, waived or discarded waits for a replay, or has had it.',
  })
}

function tooManyRows(path: string): AppError {
  return new AppError('USAGE', `There are more rows than a sheet of XLSX takes, which is ${mostXlsxRows - 1}.`, {
    place: { file: path },
    saved: 'No file was written.',
    hint: 'Send them as CSV, or fewer at a time.',
  })
}
