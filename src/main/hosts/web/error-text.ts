import type { ErrorReport } from '../../kernel/app-error.ts'

/** An error for a person at a terminal: what, where, what was saved, what to do. */
export function errorText({ message, place, saved, hint }: ErrorReport): string {
  const where = [place.file, place.line, place.column].filter((part) => part !== undefined).join(':')
  const lines = [message, where, saved ?? '', hint ?? ''].filter((line) => line !== '')
  // A file name may carry control sequences for the terminal.
  return lines.map((line) => line.replaceAll(/\p{Cc}/gu, '\uFFFD')).join('\n')
}
