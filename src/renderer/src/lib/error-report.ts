import type { RunSummary } from '#features/runs'

/** What a person is told about a failure: what, where, what was saved, what to do. */
export type ErrorReport = NonNullable<RunSummary['error']>

/** The report of anything that was thrown; what no one foresaw is called a bug and says so. */
export function reportOf(error: unknown): ErrorReport {
  if (isReport(error)) return error
  return {
    code: 'INTERNAL',
    message: error instanceof Error ? error.message : String(error),
    place: {},
    saved: 'Nothing was changed.',
    hint: 'This is a fault in Assay. Copy the details into your report of it, then try again.',
  }
}

/** All that is known about a failure as text, to be sent to someone else. */
export function reportText(report: ErrorReport): string {
  return [
    `${report.code}: ${report.message}`,
    ...placeParts(report).map((part) => `at ${part}`),
    ...(report.saved === null ? [] : [`saved: ${report.saved}`]),
    ...(report.hint === null ? [] : [`next: ${report.hint}`]),
  ].join('\n')
}

/** Where the trouble is, in words. */
export function placeParts({ place }: ErrorReport): string[] {
  const parts: string[] = []
  if (place.file !== undefined) parts.push(`file ${place.file}`)
  if (place.line !== undefined) parts.push(`line ${place.line}`)
  if (place.column !== undefined) parts.push(`column ${place.column}`)
  if (place.field !== undefined) parts.push(`field ${place.field}`)
  if (place.table !== undefined) parts.push(`table ${place.table}`)
  return parts
}

function isReport(value: unknown): value is ErrorReport {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    'place' in value &&
    'saved' in value &&
    'hint' in value
  )
}
