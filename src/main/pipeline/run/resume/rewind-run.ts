import { inTransaction, quoteText, type Connection } from '../../../store/database.ts'
import { undoRunIn } from '../../../store/versioned-table.ts'
import type { Project } from '../../project/project.ts'
import { stepNames } from '../../staging/run-steps.ts'
import { stagedTableOf } from '../../staging/staged-table.ts'
import type { ResumedRun } from './plan-resume.ts'
import { reopenRun } from './reopen-run.ts'
import type { RunRequest } from '../run-request.ts'

const ofSources = ['assay_run_file', 'assay_gate', 'assay_delivery']
const ofModels = ['assay_run_model', 'assay_run_profile', 'assay_run_guard']
const ofTheEnd = ['assay_run_check', 'assay_check_failure', 'assay_run_blocked', 'assay_run_export']

/** Opens a broken-off run again and takes back what of it does not stay: then it is a run that has only come as far as that. */
export function rewindRun(connection: Connection, project: Project, run: ResumedRun, request: RunRequest): void {
  const { runId, sources, models } = run
  inTransaction(connection, () => {
    reopenRun(connection, runId, request)
    for (const table of ofTheEnd) connection.prepare(`DELETE FROM ${table} WHERE run_id = ?`).run(runId)
    for (const table of ofSources) forgetOthers(connection, runId, table, 'source', sources)
    for (const table of ofModels) forgetOthers(connection, runId, table, 'model', models)
    // What checks of a view's grain found is found again with them.
    connection.prepare("DELETE FROM assay_run_guard WHERE run_id = ? AND guard = 'fan_out'").run(runId)
    undoModels(connection, project, run)
    const others = [...project.enrichments.keys()].filter((name) => !models.has(name))
    for (const name of others) {
      undoRunIn(connection, runId, 'assay_enrichment_answer', `enrichment = ${quoteText(name)}`)
      connection.prepare('DELETE FROM assay_run_step WHERE run_id = ? AND step = ?').run(runId, stepNames.enrich(name))
    }
  })
}

function forgetOthers(
  connection: Connection,
  runId: number,
  table: string,
  column: 'source' | 'model',
  kept: ReadonlySet<string>,
): void {
  connection
    .prepare(`DELETE FROM ${table} WHERE run_id = ? AND ${column} NOT IN (SELECT value FROM json_each(?))`)
    .run(runId, JSON.stringify([...kept]))
}

/** Takes back the tables of models that are to be built, and of those that the project does not have any more. */
function undoModels(connection: Connection, project: Project, { runId, models }: ResumedRun): void {
  const staged = [...project.contracts.values()].map(stagedTableOf)
  const stay = new Set([...models, ...staged.flatMap(({ table, contested }) => [table.name, contested.name])])
  const written = connection
    .prepare("SELECT table_name FROM assay_run_table WHERE run_id = ? AND table_name NOT GLOB 'assay_*'")
    .pluck()
    .all(runId) as string[]
  for (const table of written) {
    if (stay.has(table)) continue
    undoRunIn(connection, runId, table)
    connection.prepare('DELETE FROM assay_run_table WHERE run_id = ? AND table_name = ?').run(runId, table)
  }
}
