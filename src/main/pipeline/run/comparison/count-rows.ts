import type { Connection } from '../../../store/database.ts'
import { isAccepted } from '../publish/published-runs.ts'
import type { Workbench } from '../open-workbench.ts'
import { seenModels } from '../models/seen-rows.ts'
import type { Layer } from '../relation/relation-shapes.ts'
import { layerOf } from './layers-of.ts'
import { factsAt, wholeRelation, type FactsHistory } from './read-history.ts'
import type { Difference, Level, RunPair } from './shapes.ts'

const bookCauses = ['inserted', 'updated', 'unchanged', 'superseded', 'quarantined', 'released', 'withdrawn'] as const
type Cause = (typeof bookCauses)[number] | 'delivered' | 'replayed' | 'backfilled'

/** How many rows a source or a model has at two runs, and what brought the difference about. */
export interface RowCount {
  readonly relation: string
  readonly layer: Layer
  readonly before: number | null
  readonly after: number | null
  readonly delta: number | null
  readonly delta_share: number | null
  readonly causes: { readonly cause: Cause; readonly rows: number }[]
  readonly level: Level
}

/** The row counts of all sources and models at two runs. */
export function countRows(
  { connection, project, publishedRun }: Workbench,
  facts: FactsHistory,
  pair: RunPair,
  differences: readonly Difference[],
): readonly RowCount[] {
  const between = readRunsBetween(connection, publishedRun(), pair)
  const modelRows = connection.prepare(`SELECT rows FROM ${seenModels} WHERE run_id = ? AND model = ?`).pluck()
  const rowsAt = (relation: string, run: number): number | null => {
    if (project.models.has(relation)) return (modelRows.get(run, relation) ?? null) as number | null
    return factsAt(facts.of(relation, 'state', wholeRelation), run)?.rows ?? null
  }
  return [...project.contracts.keys(), ...project.models.keys()].map((relation) => {
    const [before, after] = [rowsAt(relation, pair.a), rowsAt(relation, pair.b)]
    const delta = before === null || after === null ? null : after - before
    const unusual = differences.find(
      (one) => one.relation === relation && one.metric === 'rows' && one.company === null,
    )
    return {
      relation,
      layer: layerOf(project, relation),
      before,
      after,
      delta,
      delta_share: delta === null || before === null || before === 0 ? null : delta / before,
      causes: project.contracts.has(relation)
        ? bookedRows(connection, relation, between)
        : modelledRows(relation, between, rowsAt, pair),
      level: unusual?.level ?? 'usual',
    }
  })
}

interface RunBetween {
  readonly run: number
  readonly cause: 'delivered' | 'replayed' | 'backfilled'
  /** 1 where the pair goes forward, -1 where it goes back. */
  readonly sign: number
}

function readRunsBetween(connection: Connection, publishedRun: number, { a, b }: RunPair): readonly RunBetween[] {
  const rows = connection
    .prepare(
      `SELECT run_id AS run, kind, EXISTS (SELECT 1 FROM assay_delivery AS d WHERE d.run_id = r.run_id) AS brought FROM assay_run AS r
      WHERE run_id > ? AND run_id <= ? AND (${isAccepted(publishedRun, 'r')} OR run_id IN (?, ?)) ORDER BY run_id`,
    )
    .all(Math.min(a, b), Math.max(a, b), a, b) as { run: number; kind: string; brought: number }[]
  return rows.map(({ run, kind, brought }) => ({
    run,
    cause: brought === 1 ? 'delivered' : kind === 'replay' ? 'replayed' : 'backfilled',
    sign: a <= b ? 1 : -1,
  }))
}

function bookedRows(connection: Connection, source: string, between: readonly RunBetween[]): RowCount['causes'] {
  const sums = connection
    .prepare(
      `SELECT ${bookCauses.map((cause) => `sum(${cause}) AS ${cause}`).join(', ')} FROM assay_run_source
      WHERE source = ? AND run_id IN (SELECT value FROM json_each(?))`,
    )
    .get(source, JSON.stringify(between.map(({ run }) => run))) as Record<(typeof bookCauses)[number], number | null>
  const sign = between[0]?.sign ?? 1
  return bookCauses.flatMap((cause) => ((sums[cause] ?? 0) === 0 ? [] : [{ cause, rows: sign * (sums[cause] ?? 0) }]))
}

/** Each run between changed a model's rows by what it has more or less than the run before. */
function modelledRows(
  model: string,
  between: readonly RunBetween[],
  rowsAt: (relation: string, run: number) => number | null,
  { a, b }: RunPair,
): RowCount['causes'] {
  const sums = new Map<Cause, number>()
  let last = rowsAt(model, Math.min(a, b))
  for (const { run, cause, sign } of between) {
    const rows = rowsAt(model, run)
    if (rows !== null && last !== null) sums.set(cause, (sums.get(cause) ?? 0) + sign * (rows - last))
    last = rows ?? last
  }
  return [...sums].flatMap(([cause, rows]) => (rows === 0 ? [] : [{ cause, rows }]))
}
