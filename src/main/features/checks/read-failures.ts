import type { OutputOf } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { formatCell } from '../../kernel/format-value.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import type { Model } from '../../pipeline/project/project.ts'
import { quoteName, type SqlValue } from '../../store/database.ts'
import { isSeenBy, isSeenByInParts } from '../../store/versioned-table.ts'
import type { checksMethods, FailingRow } from './protocol.ts'

interface Page {
  readonly run_id: number
  readonly name: string
  readonly offset: number
  readonly limit: number
}

/** A page of the rows that failed a check in a run, as they were in it. */
export function readFailures(workbench: Workbench, page: Page): OutputOf<typeof checksMethods.failures> {
  const { connection, project } = workbench
  const check = connection
    .prepare('SELECT model FROM assay_run_check WHERE run_id = ? AND name = ?')
    .get(page.run_id, page.name) as { model: string } | undefined
  const model = project.models.get(check?.model ?? '')
  if (check === undefined || model === undefined)
    throw new AppError('NOT_FOUND', `Run ${page.run_id} has no check ${page.name}.`, {
      hint: 'The checks that there are: assay checks list.',
    })
  const total = Number(
    connection
      .prepare('SELECT count(*) FROM assay_check_failure WHERE run_id = ? AND name = ?')
      .pluck()
      .get(page.run_id, page.name),
  )
  const texts = connection
    .prepare('SELECT row FROM assay_check_failure WHERE run_id = ? AND name = ? ORDER BY rowid LIMIT ? OFFSET ?')
    .pluck()
    .all(page.run_id, page.name, page.limit, page.offset) as string[]
  const columns = model.columns.filter(({ isHidden }) => !isHidden)
  const trace = openTrace(workbench, model)
  const rows = texts.map((text): FailingRow => {
    const row = JSON.parse(text) as Record<string, SqlValue>
    const shown = (name: string) =>
      formatCell(model.columns.find((column) => column.name === name)?.type ?? 'text', row[name] ?? null)
    return {
      cells: columns.map(({ name }) => shown(name)),
      key: Object.fromEntries(model.grain.map((name) => [name, shown(name)])),
      ...trace(row),
    }
  })
  return { model: model.name, columns: columns.map(({ name, type }) => ({ name, type })), rows, total }
}

/** A function that finds out where a failing row leads: to the published row of its key, and to the record that is held back. */
function openTrace(
  workbench: Workbench,
  model: Model,
): (row: Readonly<Record<string, SqlValue>>) => Pick<FailingRow, 'is_published' | 'quarantine_id'> {
  const { connection } = workbench
  const run = workbench.publishedRun()
  // In parts, for each of which there is an index of the key.
  const compiler = workbench.publishedCompiler().narrowed({ condition: isSeenByInParts(run) })
  const names = model.columns.map(({ name }) => name)
  const isSame = names.map((name) => `${quoteName(name)} IS ?`).join(' AND ')
  const published =
    run === 0
      ? null
      : connection.prepare(`SELECT 1 FROM ${compiler.relation(model.name)} WHERE ${isSame} LIMIT 1`).pluck()
  const held = model.readsSources.includes('assay.findings')
    ? connection.prepare(`SELECT arrival FROM assay_quarantine WHERE arrival = ? AND ${isSeenBy(run)}`).pluck()
    : null
  return (row) => {
    const values = names.map((name) => bound(row[name] ?? null))
    return {
      is_published: published?.get(...values) !== undefined && published !== null,
      quarantine_id: (held?.get(bound(row['arrival'] ?? null)) ?? null) as number | null,
    }
  }
}

/** An integer as better-sqlite3 must be given it: a number would be bound as a REAL. */
function bound(value: SqlValue): SqlValue {
  return typeof value === 'number' ? BigInt(value) : value
}
