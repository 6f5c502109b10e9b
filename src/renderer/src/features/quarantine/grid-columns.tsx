import { Hourglass } from 'lucide-react'
import type { QuarantineReason, QuarantineRow } from '#features/quarantine'
import { Chip } from '../../ui/chip.tsx'
import type { DataColumn } from '../../ui/grid/data-column.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { reasonName } from './reasons.ts'
import { stateWords } from './state-words.ts'
import './quarantine-grid.css'

/** What is known of every row, whatever its source delivers. */
export const fixedColumns: readonly DataColumn<QuarantineRow>[] = [
  {
    id: 'row_id',
    title: 'Row',
    description: 'File and line',
    width: 216,
    isSortable: true,
    isPinned: true,
    isMono: true,
    text: (row) => row.row_id,
  },
  {
    id: 'state',
    title: 'State',
    width: 120,
    isSortable: true,
    text: (row) => (row.is_waiting ? `${stateWords[row.state]}, waiting` : stateWords[row.state]),
    draw: (row) => <State row={row} />,
  },
  { id: 'source', title: 'Source', width: 84, isSortable: true, text: (row) => row.source },
  { id: 'company', title: 'Company', width: 100, isSortable: true, isMono: true, text: (row) => row.company ?? '' },
  {
    id: 'reasons',
    title: 'Reasons',
    width: 244,
    text: (row) => row.reasons.map(reasonName).join('; '),
    draw: (row) => <Reasons row={row} />,
  },
]

const cellPrefix = 'cell.'

/** A column of the record; a corrected cell shows what it is now, with the delivered text struck through. */
export function deliveredColumn(name: string): DataColumn<QuarantineRow> {
  return {
    id: `${cellPrefix}${name}`,
    title: name,
    width: 140,
    text: (row) => correctionOf(row, name)?.new_value ?? row.cells[name] ?? '',
    draw: (row) => {
      const correction = correctionOf(row, name)
      return correction === undefined ? null : (
        <span className="corrected-cell">
          <span className="visually-hidden">corrected: </span>
          <ins>{correction.new_value === '' ? '(empty)' : correction.new_value}</ins>
          <span className="visually-hidden">, delivered: </span>
          <del>{row.cells[name] ?? '(empty)'}</del>
        </span>
      )
    },
    badBecause: (row) => {
      if (correctionOf(row, name) !== undefined || !isHeldBack(row)) return null
      const messages = row.reasons.filter((reason) => reason.field === name && reason.severity === 'error')
      return messages.length === 0 ? null : messages.map((reason) => reason.message).join(' ')
    },
    // A record that could not be parsed has no cells; its form takes the record as a whole.
    isEditable: (row) => name in row.cells,
  }
}

/** The record's column behind a column of the grid. */
export function deliveredName(columnId: string): string {
  return columnId.slice(cellPrefix.length)
}

function correctionOf(row: QuarantineRow, name: string) {
  return row.corrections.find(({ field }) => field === name)
}

/** Whether the row's reasons still stand as far as a person has decided. */
function isHeldBack({ state }: QuarantineRow): boolean {
  return state === 'open' || state === 'discarded'
}

function State({ row }: { readonly row: QuarantineRow }) {
  return (
    <span className="row-state">
      <StatusBadge status={row.state} />
      {row.is_waiting && (
        <span className="row-waiting" title="Waits for a replay: readers do not see it yet">
          <Hourglass aria-hidden="true" />
          <span className="visually-hidden">, waiting for a replay</span>
        </span>
      )}
    </span>
  )
}

function Reasons({ row }: { readonly row: QuarantineRow }) {
  return (
    <span className="reason-chips">
      {row.reasons.map((reason) => (
        <Chip key={reasonName(reason)} tone={tone(row, reason)} title={reason.message}>
          {reasonName(reason)}
        </Chip>
      ))}
    </span>
  )
}

function tone(row: QuarantineRow, { severity }: QuarantineReason) {
  if (!isHeldBack(row)) return 'neutral'
  return severity === 'error' ? 'bad' : 'attention'
}
