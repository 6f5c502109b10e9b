import type { ErrorReport } from '../../../kernel/app-error.ts'
import { printNotice } from './print.ts'
import { printable } from './printable.ts'

/** Says on stderr what went wrong, where, what was saved and what to do next. */
export function printError(report: ErrorReport): void {
  const lines = [
    `assay: ${printable(report.message)}`,
    ...labelled('where', whereOf(report)),
    ...labelled('saved', report.saved),
    ...labelled('next', report.hint),
  ]
  printNotice(lines.join('\n'))
}

function labelled(label: string, text: string | null): readonly string[] {
  return text === null ? [] : [`  ${`${label}:`.padEnd(7)}${printable(text)}`]
}

function whereOf({ place }: ErrorReport): string | null {
  const file =
    place.file === undefined
      ? []
      : [[place.file, place.line, place.column].filter((part) => part !== undefined).join(':')]
  const line = place.file === undefined && place.line !== undefined ? [`line ${place.line}`] : []
  const field = place.field === undefined ? [] : [`field ${place.field}`]
  const table = place.table === undefined ? [] : [`table ${place.table}`]
  const parts = [...file, ...line, ...table, ...field]
  return parts.length === 0 ? null : parts.join(', ')
}
