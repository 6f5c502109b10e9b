import type { RunDetail } from '#features/runs'

/** What `assay run --json` prints about a run; the names are part of the command line's interface. */
export function runDocument(run: RunDetail) {
  return {
    run_id: run.run_id,
    status: run.status,
    as_of: run.as_of,
    sources: run.sources,
    models: run.models.map(({ name, rows, previous_rows, seconds }) => ({ name, rows, previous_rows, seconds })),
    checks: run.checks.map(({ name, model, severity, status, failures, blocking }) => ({
      name,
      model,
      severity,
      status,
      failures,
      blocking,
    })),
    rejected_files: run.rejected_files,
    exports: run.exports,
    seconds: run.seconds,
  }
}
