import type { Connection } from '../../store/database.ts'
import { mixedModels } from '../project/mixed-models.ts'
import type { Project } from '../project/project.ts'
import { heldTable, type DataState } from './compile-model.ts'

/** The part of a data state that says which rows readers of a run see as earlier runs left them; empty where it holds none back. */
export function heldStateOf(connection: Connection, project: Project, runId: number): Pick<DataState, 'held'> {
  const held = connection
    .prepare(`SELECT DISTINCT column_name, since_run FROM ${heldTable} WHERE run_id = ? ORDER BY since_run`)
    .all(runId) as { column_name: string; since_run: number }[]
  const [first] = held
  if (first === undefined) return {}
  const { column_name: column } = first
  const sinceRuns = held.map((row) => row.since_run)
  return { held: { runId, column, sinceRuns, mixed: mixedModels(project, column) } }
}

/** The earliest run that readers of a run, or of a later one, still see rows of; what was closed up to it is seen by none of them. */
export function earliestSeenFrom(connection: Connection, runId: number): number {
  const held = connection.prepare(`SELECT min(since_run) FROM ${heldTable} WHERE run_id >= ?`).pluck().get(runId)
  return Math.min(runId, Number(held ?? runId))
}
