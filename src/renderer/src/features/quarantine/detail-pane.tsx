import { CircleX, TriangleAlert, X } from 'lucide-react'
import { useEffect, useMemo, useRef, type ReactNode } from 'react'
import type { OutputOf } from '#protocol/method'
import { quarantineMethods, type QuarantineReason } from '#features/quarantine'
import { useCommands, type Command } from '../../lib/commands.ts'
import { formatCount } from '../../lib/format.ts'
import { hrefTo, hrefWith, navigate, type Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { IconButton } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Fold } from '../../ui/fold.tsx'
import { SidePane } from '../../ui/side-pane.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { RawRecord } from './raw-record.tsx'
import { reasonName } from './reasons.ts'
import { RecordForm } from './record-form.tsx'
import { TouchedSection } from './touched-section.tsx'
import { RowHistory } from './row-history.tsx'
import './detail-pane.css'

type Detail = OutputOf<typeof quarantineMethods.show>

interface DetailPaneProps {
  readonly route: Route
  readonly id: number
  /** The pane was closed; the focus has to go somewhere. */
  onClosed(): void
}

/** One row: why it is held back, its record as a form, as it was delivered, what happened to it, and where it came from. */
export function DetailPane({ route, id, onClosed }: DetailPaneProps) {
  const { data: row, error } = useQuery(quarantineMethods.show, { id }, { keepPrevious: true })
  const close = () => {
    navigate(hrefWith(route, { row: null }))
    onClosed()
  }
  useCloseCommand(close)
  return (
    <SidePane id="quarantine.detail" label="Row" side="right" width={380}>
      <header className="detail-header">
        <h2 className="mono">{row?.row_id ?? `Row ${id}`}</h2>
        <IconButton label="Close the row" icon={<X aria-hidden="true" />} onClick={close} />
      </header>
      {error !== null && <ErrorNotice error={error} />}
      {row === undefined && error === null && <Skeleton />}
      {row !== undefined && <DetailContent key={row.id} row={row} />}
    </SidePane>
  )
}

function useCloseCommand(close: () => void): void {
  const latest = useRef(close)
  useEffect(() => {
    latest.current = close
  })
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'close-detail',
        title: 'Close the row',
        section: 'View',
        keys: 'Escape',
        isInPalette: true,
        run: () => latest.current(),
      },
    ],
    [],
  )
  useCommands(commands)
}

function DetailContent({ row }: { readonly row: Detail }) {
  return (
    <div className="detail">
      <p className="detail-state">
        <StatusBadge status={row.state} />
        {row.is_waiting && <StatusBadge status="waiting" word="Waiting for a replay" />}
      </p>
      <Fold id="row.reasons" title="Reasons">
        <p className="detail-reasons">
          {row.reasons.map((reason) => (
            <ReasonChip key={reasonName(reason)} reason={reason} />
          ))}
        </p>
      </Fold>
      <Fold id="row.record" title="Record">
        <RecordForm row={row} />
      </Fold>
      {row.waivers.length > 0 && (
        <Fold id="row.waivers" title="Waivers">
          <ul className="detail-lines">
            {row.waivers.map((waiver) => (
              <li key={waiver.operation_id}>
                {waiver.rules.join(', ')}
                <div className="soft">
                  by {waiver.who}, {waiver.expires_on === null ? 'never expires' : `until ${waiver.expires_on}`}
                </div>
              </li>
            ))}
          </ul>
        </Fold>
      )}
      <Fold id="row.raw" title="As delivered" beside={<CopyButton label="Copy" text={row.raw} />}>
        <RawRecord row={row} />
      </Fold>
      <TouchedSection id={row.id} />
      <Fold id="row.history" title="History">
        <RowHistory row={row} />
      </Fold>
      <Fold id="row.origin" title="Origin">
        <dl className="detail-cells">
          <Fact name="source">{row.source}</Fact>
          <Fact name="file">{row.file}</Fact>
          <Fact name="line">{formatCount(row.line)}</Fact>
          <Fact name="byte offset">{formatCount(row.byte_offset)}</Fact>
          <Fact name="encoding">{row.encoding}</Fact>
          <Fact name="first seen in">
            <a href={hrefTo('runs', String(row.first_run))}>run {row.first_run}</a>
          </Fact>
          <Fact name="last seen in">
            <a href={hrefTo('runs', String(row.last_run))}>run {row.last_run}</a>
          </Fact>
          <Fact name="seen">{row.times_seen === 1 ? 'once' : `${formatCount(row.times_seen)} times`}</Fact>
        </dl>
      </Fold>
    </div>
  )
}

/** A reason by its name; its sentence stands at the cell that it is about. */
function ReasonChip({ reason }: { readonly reason: QuarantineReason }) {
  const isError = reason.severity === 'error'
  return (
    <Chip tone={isError ? 'bad' : 'attention'} title={reason.message}>
      {isError ? <CircleX aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
      {reasonName(reason)}
      {!isError && ' (warning)'}
    </Chip>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
