import type { ModelResult, RunDetail, SourceBook } from '#features/runs'

/** What `assay run --json` prints about a run; the names are part of the command line's interface. */
export function runDocument(run: RunDetail) {
  return {
    run_id: run.run_id,
    status: run.status,
    as_of: run.as_of,
    sources: Object.fromEntries(Object.entries(run.sources).map(([name, book]) => [name, bookDocument(book)])),
    models: modelDocuments(run.models),
    checks: run.checks.map(({ name, model, severity, status, failures, blocking }) => ({
      name,
      model,
      severity,
      status,
      failures,
      blocking,
    })),
    ...(run.guards.length === 0 ? {} : { guards: run.guards }),
    ...(run.held.length === 0 ? {} : { held: run.held }),
    rejected_files: run.rejected_files,
    exports: run.exports,
    ...(run.resumption === null ? {} : { resumption: run.resumption }),
    seconds: run.seconds,
  }
}

/** What was built is told where models were left as they were: the document of a run that built all of them reads as ever. */
function modelDocuments(models: readonly ModelResult[]) {
  const hasLeft = models.some(({ built }) => built === null)
  return models.map(({ name, rows, previous_rows, seconds, built }) => ({
    name,
    rows,
    previous_rows,
    seconds,
    ...(hasLeft && { built }),
  }))
}

/** Rows are withdrawn only where people decided about staged ones: the book of any other run reads as if there were no such thing. */
function bookDocument(book: SourceBook): Omit<SourceBook, 'withdrawn'> & { withdrawn?: number } {
  const { withdrawn, ...others } = book
  return withdrawn === 0 ? others : book
}
