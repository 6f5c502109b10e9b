import type { OutputOf } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import { candidateRunOf } from '../../pipeline/run/publish/candidates.ts'
import { isAccepted } from '../../pipeline/run/publish/published-runs.ts'
import { publishedState } from '../../pipeline/run/relation/relation.ts'
import { seenModels } from '../../pipeline/run/models/seen-rows.ts'
import { listEdges, listNodes } from './graph.ts'
import type { modelsMethods } from './protocol.ts'

type ShownModel = OutputOf<typeof modelsMethods.show>

/** All that the page of a source or model shows, but for its rows. */
export function showModel(workbench: Workbench, name: string): ShownModel {
  const { project, connection } = workbench
  const { columns } = publishedState(workbench).relationOf(name)
  const node = listNodes(workbench).find((one) => one.name === name)
  if (node === undefined) throw new AppError('NOT_FOUND', `The project has no model ${name}.`)
  const model = project.models.get(name)
  const edges = listEdges(workbench)
  return {
    ...node,
    candidate_run: candidateRunOf(connection),
    columns: [...columns],
    sql: model?.sql ?? null,
    compiled_sql: model === undefined ? null : workbench.publishedCompiler().select(model),
    checks: listModelChecks(workbench, name),
    depends_on: edges.filter(({ to }) => to === name).map(({ from }) => from),
    used_by: edges.filter(({ from }) => from === name).map(({ to }) => to),
    history: listHistory(workbench, name),
  }
}

/** The checks of a model, how they went in the published run, and in the candidate. */
function listModelChecks({ project, connection, publishedRun }: Workbench, name: string): ShownModel['checks'] {
  const candidate = candidateRunOf(connection)
  const outcome = connection.prepare('SELECT status, failures FROM assay_run_check WHERE run_id = ? AND name = ?')
  const outcomeIn = (runId: number, check: string) =>
    outcome.get(runId, check) as NonNullable<ShownModel['checks'][number]['candidate']> | undefined
  return (project.models.get(name)?.checks ?? []).map((check) => {
    const last = outcomeIn(publishedRun(), check.name)
    return {
      name: check.name,
      column: check.column,
      severity: check.severity,
      status: last?.status ?? null,
      failures: last?.failures ?? null,
      blocking: check.isBlocking,
      per: check.per,
      candidate: candidate === null ? null : (outcomeIn(candidate, check.name) ?? null),
    }
  })
}

function listHistory({ connection, publishedRun }: Workbench, name: string): ShownModel['history'] {
  const rows = connection
    .prepare(
      `SELECT m.run_id, m.rows, m.seconds, r.finished_at FROM ${seenModels} AS m JOIN assay_run AS r USING (run_id)
      WHERE m.model = ? AND ${isAccepted(publishedRun(), 'r')} ORDER BY m.run_id DESC LIMIT 50`,
    )
    .all(name) as { run_id: number; rows: number; seconds: number; finished_at: number }[]
  return rows.map((run) => ({ ...run, finished_at: new Date(run.finished_at).toISOString() }))
}
