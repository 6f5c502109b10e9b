import type { ColumnDetail, ColumnSummary } from '#features/compare'
import { formatCount, formatNumber, formatShare } from '../../lib/format.ts'
import { Section } from '../../ui/screen.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'

interface NumberRow {
  readonly title: string
  readonly before: string
  readonly after: string
}

/** What is kept of a column's values, both runs beside each other. */
export function ColumnNumbers({ detail }: { readonly detail: ColumnDetail }) {
  return (
    <Section title="In numbers">
      <Table isCompact label="In numbers" columns={columns} rows={rowsOf(detail)} rowKey={({ title }) => title} />
    </Section>
  )
}

const columns: readonly TableColumn<NumberRow>[] = [
  { id: 'title', title: 'Number', cell: ({ title }) => title },
  { id: 'before', title: 'Before', isNumber: true, cell: ({ before }) => before },
  { id: 'after', title: 'After', isNumber: true, cell: ({ after }) => after },
]

/** A line for each number that either side has. */
function rowsOf({ before, after }: ColumnDetail): readonly NumberRow[] {
  const shares = [...new Set([before, after].flatMap((side) => side?.quantiles.map(({ share }) => share) ?? []))]
  const lines: readonly (readonly [string, (side: ColumnSummary) => string | null])[] = [
    ['Rows', ({ rows }) => formatCount(rows)],
    ['Nulls', ({ rows, nulls }) => `${formatCount(nulls)}${rows === 0 ? '' : ` (${formatShare(nulls / rows)})`}`],
    ['Different values', distinctText],
    ['Least', ({ min }) => min],
    ...shares
      .toSorted((one, other) => one - other)
      .map((share) => [quantileName(share), (side: ColumnSummary) => quantileOf(side, share)] as const),
    ['Greatest', ({ max }) => max],
    ['Mean', ({ mean }) => mean],
    ['Sum', ({ sum }) => sum],
    ['Shortest text', ({ lengths }) => (lengths === null ? null : `${formatCount(lengths.min)} characters`)],
    ['Longest text', ({ lengths }) => (lengths === null ? null : `${formatCount(lengths.max)} characters`)],
    ['Mean length', ({ lengths }) => (lengths === null ? null : `${formatNumber(lengths.mean)} characters`)],
  ]
  return lines
    .map(([title, text]) => ({ title, before: of(before, text), after: of(after, text) }))
    .filter((row) => row.before !== '' || row.after !== '')
}

function of(side: ColumnSummary | null, text: (side: ColumnSummary) => string | null): string {
  return side === null ? '' : (text(side) ?? '')
}

function distinctText({ distinct, is_distinct_exact: isExact }: ColumnSummary): string {
  return isExact ? formatCount(distinct) : `about ${formatCount(Math.round(distinct))}`
}

function quantileOf({ quantiles }: ColumnSummary, share: number): string | null {
  return quantiles.find((one) => one.share === share)?.value ?? null
}

function quantileName(share: number): string {
  return share === 0.5 ? 'Median' : `${formatNumber(share * 100)}% are at most`
}
