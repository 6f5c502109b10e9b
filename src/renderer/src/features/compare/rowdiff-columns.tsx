import type { RowDifference, RowdiffSummary } from '#features/rowdiff'
import { cellText, isNumeric } from '../../lib/cell-text.ts'
import type { DataColumn } from '../../ui/grid/data-column.ts'
import { StatusBadge, type Status } from '../../ui/status-badge.tsx'
import { ChangedCell } from './changed-cell.tsx'

/** A row with its place in the list, which is all that names it in the grid. */
export interface PlacedDifference extends RowDifference {
  readonly at: number
}

const classes = {
  added: { status: 'added', word: 'Added' },
  removed: { status: 'removed', word: 'Removed' },
  changed: { status: 'changed', word: 'Changed' },
  null_key: { status: 'warn', word: 'No key' },
  duplicate_key: { status: 'warn', word: 'Same key again' },
} as const satisfies Record<RowDifference['class'], { status: Status; word: string }>

/** What happened to each row, its key, and its cells. */
export function rowdiffColumns({
  columns,
  keys,
  by_column: changed,
}: RowdiffSummary): readonly DataColumn<PlacedDifference>[] {
  const placed = columns.map((column, index) => ({ column, index }))
  const isKey = ({ column }: (typeof placed)[number]) => column.is_key || keys.includes(column.name)
  return [
    {
      id: 'assay_class',
      title: 'Difference',
      width: 130,
      isPinned: true,
      text: (row) => classes[row.class].word,
      draw: (row) => <StatusBadge {...classes[row.class]} />,
    },
    ...keys
      .filter((key) => !columns.some(({ name }) => name === key))
      .map((key): DataColumn<PlacedDifference> => ({
        id: key,
        title: key,
        width: 140,
        text: (row) => row.key[key] ?? '',
      })),
    ...[...placed.filter(isKey), ...placed.filter((one) => !isKey(one))].map(({ column, index }) =>
      valueColumn(column, index, changed.some((one) => one.column === column.name) ? widthOfTwo : widthOfOne),
    ),
  ]
}

/** Where cells changed, both values stand in one. */
const widthOfTwo = 230
const widthOfOne = 130

function valueColumn(
  column: RowdiffSummary['columns'][number],
  index: number,
  width: number,
): DataColumn<PlacedDifference> {
  const { name, type, description } = column
  const side = (cells: PlacedDifference['before']) => cellText(type, cells?.[index] ?? null)
  const isChanged = (row: PlacedDifference) => row.before !== null && row.after !== null && row.changed.includes(name)
  return {
    id: name,
    title: name,
    width,
    isNumber: isNumeric(type),
    ...(description === '' ? {} : { description }),
    text: (row) => (isChanged(row) ? `${side(row.before)} → ${side(row.after)}` : side(row.after ?? row.before)),
    draw: (row) => (isChanged(row) ? <ChangedCell before={side(row.before)} after={side(row.after)} /> : null),
  }
}
