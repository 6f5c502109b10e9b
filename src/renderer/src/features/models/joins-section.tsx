import type { CountedRows, ModelJoin, ModelProfile } from '#features/models'
import { formatCount } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/screen.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'

type Side = 'left' | 'right' | 'out'
type Effect = NonNullable<NonNullable<ModelJoin['rows']>['effect']>

interface NumberedJoin extends ModelJoin {
  readonly id: number
}

/** The joins of a model's SELECT: what goes in on both sides, what comes out, and what the last good run had. `onCount`: counts the rows; null where that was asked for. */
export function JoinsSection({
  profile,
  onCount,
}: {
  readonly profile: ModelProfile
  readonly onCount: (() => void) | null
}) {
  const { joins, joins_note: note } = profile
  if (joins.length === 0 && note === null) return null
  // Not where the rows are gone: then none is counted, and the note says so.
  const isLeft = ({ rows }: ModelJoin) => (note === null ? rows === null : rows?.out === null)
  const canCount = onCount !== null && joins.some(isLeft)
  return (
    <Section title="Joins" beside={canCount && <Button onClick={onCount}>Count the rows of the joins</Button>}>
      <p className="soft">{note ?? 'Rows that go into each join and come out of it, before any WHERE.'}</p>
      {joins.length > 0 && (
        <Table
          label="Joins"
          rows={joins.map((join, id): NumberedJoin => ({ ...join, id }))}
          rowKey={(join) => join.id}
          columns={columns}
        />
      )}
    </Section>
  )
}

const rowsColumn = (side: Side, title: string): TableColumn<NumberedJoin> => ({
  id: side,
  title,
  isNumber: true,
  cell: ({ rows, rows_before: before }) => (
    <>
      {rowsText(rows?.[side])}
      {before?.[side] && <div className="soft">{rowsText(before[side])} before</div>}
    </>
  ),
})

const columns: readonly TableColumn<NumberedJoin>[] = [
  { id: 'place', title: 'In', cell: ({ place }) => place },
  {
    id: 'join',
    title: 'Join',
    isWide: true,
    cell: ({ kind, joined, condition }) => (
      <span className="mono">
        {kind} {joined} {condition}
      </span>
    ),
  },
  rowsColumn('left', 'Rows on the left'),
  rowsColumn('right', 'Rows on the right'),
  rowsColumn('out', 'Rows out'),
  { id: 'effect', title: 'What it does', cell: (join) => <JoinEffect join={join} /> },
]

const effectWords = {
  multiplies: 'Multiplies rows',
  loses: 'Loses rows',
  keeps: 'As many rows as on the left',
} as const satisfies Record<Effect, string>

/** What is usual for a join is said quietly: some are meant to multiply or to lose. */
function JoinEffect({ join: { rows, rows_before: before } }: { readonly join: ModelJoin }) {
  const effect = rows?.effect ?? null
  if (effect === null) return null
  const word = effectWords[effect]
  if (before?.effect === effect) return `${word}, as before`
  return effect === 'keeps' ? word : <StatusBadge status="warn" word={word} />
}

function rowsText(counted: CountedRows | null | undefined): string {
  if (counted === null || counted === undefined) return ''
  return `${counted.is_more ? 'more than ' : ''}${formatCount(counted.rows)}`
}
