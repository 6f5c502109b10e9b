import { FilterX } from 'lucide-react'
import type { DifferenceClass, RowdiffSummary } from '#features/rowdiff'
import { formatCount } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'

interface Filter {
  /** Null for all that is not equal. */
  readonly chosen: DifferenceClass | null
  readonly column: string | null
}

interface RowdiffFiltersProps extends Filter {
  readonly summary: RowdiffSummary
  onChange(filter: Filter): void
}

/** Which differences are listed: of one class, or with a change in one column. */
export function RowdiffFilters({ summary, chosen, column, onChange }: RowdiffFiltersProps) {
  const choices = choicesOf(summary)
  const all = choices.reduce((sum, choice) => sum + choice.rows, 0)
  return (
    <div className="toolbar" role="group" aria-label="Filter the rows">
      <select
        aria-label="Class"
        value={chosen ?? ''}
        onChange={(event) => {
          const next = choices.find(({ value }) => value === event.target.value)?.value ?? null
          onChange({ chosen: next, column: next === null || next === 'changed' ? column : null })
        }}
      >
        <option value="">All differences ({formatCount(all)})</option>
        {choices.map(({ value, word, rows }) => (
          <option key={value} value={value}>
            {word} ({formatCount(rows)})
          </option>
        ))}
      </select>
      <select
        aria-label="Changed column"
        value={column ?? ''}
        disabled={summary.by_column.length === 0}
        onChange={({ target }) =>
          onChange(target.value === '' ? { chosen, column: null } : { chosen: 'changed', column: target.value })
        }
      >
        <option value="">Any column</option>
        {summary.by_column.map((one) => (
          <option key={one.column} value={one.column}>
            {one.column} ({formatCount(one.changed)})
          </option>
        ))}
      </select>
      {(chosen !== null || column !== null) && (
        <Button
          look="quiet"
          icon={<FilterX aria-hidden="true" />}
          onClick={() => onChange({ chosen: null, column: null })}
        >
          Clear filters
        </Button>
      )}
      {summary.not_compared.length > 0 && (
        <span className="soft">Not compared, since no run has written them yet: {summary.not_compared.join(', ')}</span>
      )}
    </div>
  )
}

function choicesOf(summary: RowdiffSummary) {
  const { added, removed, changed, null_keys: nulls, duplicate_keys: duplicates } = summary
  const choices: readonly { readonly value: DifferenceClass; readonly word: string; readonly rows: number }[] = [
    { value: 'added', word: 'Added', rows: added },
    { value: 'removed', word: 'Removed', rows: removed },
    { value: 'changed', word: 'Changed', rows: changed },
    { value: 'null_key', word: 'No key', rows: nulls.before + nulls.after },
    { value: 'duplicate_key', word: 'Same key again', rows: duplicates.before + duplicates.after },
  ]
  return choices.filter(({ rows }) => rows > 0)
}
