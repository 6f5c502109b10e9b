import { AppError } from '../../kernel/app-error.ts'
import type { ComparisonSummary, Difference, DifferenceFilter } from '../../pipeline/compare/comparison-task.ts'
import type { ComparedRuns, PlannedComparison } from '../../pipeline/run/comparison/plan-comparison.ts'
import { cellOf } from '../../pipeline/run/relation/cell-value.ts'
import { rowKey } from '../../pipeline/run/relation/row-key.ts'
import type { SqlValue } from '../../store/database.ts'
import type { DifferenceClass, RowDifference, RowdiffSummary } from './protocol.ts'

/** The summary of a comparison as the protocol has it. */
export function showSummary(
  { relation, task, notCompared }: PlannedComparison,
  runs: ComparedRuns,
  summary: ComparisonSummary,
): RowdiffSummary {
  const { rows, added, removed, changed, unchanged, nullKeys, duplicateKeys, byColumn } = summary
  return {
    before: { run_id: runs.before, rows: rows.before },
    after: { run_id: runs.after, rows: rows.after },
    added,
    removed,
    changed,
    unchanged,
    null_keys: nullKeys,
    duplicate_keys: duplicateKeys,
    by_column: task.columns
      .map(({ name }, place) => ({ column: name, changed: byColumn[place] ?? 0 }))
      .filter((column) => column.changed > 0)
      .toSorted((one, other) => other.changed - one.changed),
    columns: [...relation.columns],
    keys: relation.key.map((column) => column.name),
    not_compared: [...notCompared],
  }
}

/** A difference with its cells as a person reads them. */
export function showDifference({ relation, task }: PlannedComparison, difference: Difference): RowDifference {
  const keyPlaces = relation.columns.map((column) => relation.key.findIndex((key) => key.name === column.name))
  const places = relation.columns.map((column) => task.columns.findIndex((one) => one.name === column.name))
  const cells = (values: readonly SqlValue[] | null) =>
    values &&
    relation.columns.map(({ type }, index) => {
      const keyPlace = keyPlaces[index] ?? -1
      return cellOf(type, (keyPlace >= 0 ? difference.key[keyPlace] : values[places[index] ?? -1]) ?? null)
    })
  return {
    class: difference.class,
    key: rowKey(relation.key, difference.key),
    before: cells(difference.before),
    after: cells(difference.after),
    changed: difference.changed.map((place) => task.columns[place]?.name ?? ''),
  }
}

/** A filter by the name of a column; throws where none of that name is compared. */
export function filterOf(
  { relation, task }: PlannedComparison,
  wanted: { readonly class?: DifferenceClass | undefined; readonly column?: string | undefined },
): DifferenceFilter {
  const column = wanted.column === undefined ? null : task.columns.findIndex((one) => one.name === wanted.column)
  if (column !== null && column < 0)
    throw new AppError('NOT_FOUND', `${relation.name} has no column ${wanted.column ?? ''} that is compared.`, {
      place: { table: relation.name },
      hint: `Those that are: ${task.columns.map(({ name }) => name).join(', ')}.`,
    })
  return { class: wanted.class ?? null, column }
}

/** How many differences pass a filter. */
export function countMatches(summary: ComparisonSummary, { class: name, column }: DifferenceFilter): number {
  const { added, removed, changed, nullKeys, duplicateKeys, byColumn } = summary
  if (column !== null) return name === null || name === 'changed' ? (byColumn[column] ?? 0) : 0
  const counts: Readonly<Record<DifferenceClass, number>> = {
    added,
    removed,
    changed,
    null_key: nullKeys.before + nullKeys.after,
    duplicate_key: duplicateKeys.before + duplicateKeys.after,
  }
  return name === null ? Object.values(counts).reduce((sum, one) => sum + one, 0) : counts[name]
}
