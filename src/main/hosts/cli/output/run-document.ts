import type { RunDetail, SourceBook } from '#features/runs'

/** What `assay run --json` prints about a run; the names are part of the command line's interface. */
export function runDocument(run: RunDetail) {
  return {
    run_id: run.run_id,
    status: run.status,
    as_of: run.as_of,
    sources: Object.fromEntries(Object.entries(run.sources).map(([name, book]) => [name, bookDocument(book)])),
    models: run.models.map(({ name, rows, previous_rows, seconds }) => ({ name, rows, previous_rows, seconds })),
    checks: run.checks.map(({ name, model, severity, status, failures, blocking }) => ({
      name,
      model,
      severity,
      status,
      failures,
      blocking,
    })),
    ...(run.held.length === 0 ? {} : { held: run.held }),
    rejected_files: run.rejected_files,
    exports: run.exports,
    ...(run.resumption === null ? {} : { resumption: run.resumption }),
    seconds: run.seconds,
  }
}

/** Rows are withdrawn only where people decided about staged ones: the book of any other run reads as if there were no such thing. */
function bookDocument(book: SourceBook): Omit<SourceBook, 'withdrawn'> & { withdrawn?: number } {
  const { withdrawn, ...others } = book
  return withdrawn === 0 ? others : book
}
