import { CircleCheck } from 'lucide-react'
import { useMemo, useRef } from 'react'
import type { CompareOverview } from '#features/compare'
import { useCommands, type Command } from '../../lib/commands.ts'
import { navigate } from '../../lib/route.ts'
import { Empty } from '../../ui/empty.tsx'
import type { DataGridHandle } from '../../ui/grid/data-column.ts'
import { LocalGrid } from '../../ui/grid/local-grid.tsx'
import { differencesColumns, keyOf } from './differences-columns.tsx'
import { useLabelDialog } from './label-dialog-store.ts'
import { metricHref, type Pair } from './pair-in-address.ts'

interface DifferencesTabProps {
  readonly overview: CompareOverview
  readonly pair: Pair
}

/** What differs, the most unusual on top; a row opens its metric, `l` labels it. */
export function DifferencesTab({ overview, pair }: DifferencesTabProps) {
  const { differences, b } = overview
  const grid = useRef<DataGridHandle>(null)
  const ask = useLabelDialog((state) => state.ask)
  const columns = useMemo(() => differencesColumns(b.run_id), [b.run_id])
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'label-difference',
        title: 'Label the difference',
        section: 'View',
        keys: 'l',
        isInPalette: true,
        run() {
          const id = grid.current?.focusedRow() ?? null
          const found = differences.find((one) => JSON.stringify(keyOf(one)) === id)
          if (found !== undefined) ask({ runId: b.run_id, key: keyOf(found), label: found.label })
        },
      },
    ],
    [ask, b.run_id, differences],
  )
  useCommands(commands)
  if (differences.length === 0) {
    return (
      <Empty icon={<CircleCheck />} title="Nothing differs">
        <p>
          Every metric of run {overview.b.run_id} is as in run {overview.a.run_id}: rows, empty values, averages and
          distributions of all sources and models.
        </p>
      </Empty>
    )
  }
  return (
    <LocalGrid
      label="Differences"
      columns={columns}
      rows={differences}
      rowId={(row) => JSON.stringify(keyOf(row))}
      onOpen={(row) => navigate(metricHref(pair, keyOf(row)))}
      handle={grid}
    />
  )
}
