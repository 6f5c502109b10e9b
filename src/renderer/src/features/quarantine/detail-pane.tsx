import { CircleX, TriangleAlert, X } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import type { OutputOf } from '#protocol/method'
import { quarantineMethods, type QuarantineReason } from '#features/quarantine'
import { useCommands, type Command } from '../../lib/commands.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { hrefTo, hrefWith, navigate, type Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { IconButton } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { BadCell } from '../../ui/grid/bad-cell.tsx'
import { SidePane } from '../../ui/side-pane.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { markRaw } from './mark-raw.ts'
import { badFields, reasonName } from './reasons.ts'
import './detail-pane.css'

type Detail = OutputOf<typeof quarantineMethods.show>

/** One held-back row: why, the record cell by cell, the record as delivered, and where it came from. */
export function DetailPane({ route, id }: { readonly route: Route; readonly id: number }) {
  const { data: row, error } = useQuery(quarantineMethods.show, { id }, { keepPrevious: true })
  const closed = hrefWith(route, { row: null })
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'close-detail',
        title: 'Close the row',
        section: 'View',
        keys: 'Escape',
        isInPalette: true,
        run: () => navigate(closed),
      },
    ],
    [closed],
  )
  useCommands(commands)
  return (
    <SidePane id="quarantine.detail" label="Row" side="right" width={380}>
      <header className="detail-header">
        <h2 className="mono">{row?.row_id ?? `Row ${id}`}</h2>
        <IconButton label="Close the row" icon={<X aria-hidden="true" />} onClick={() => navigate(closed)} />
      </header>
      {error !== null && <ErrorNotice error={error} />}
      {row === undefined && error === null && <Skeleton />}
      {row !== undefined && <DetailContent row={row} />}
    </SidePane>
  )
}

function DetailContent({ row }: { readonly row: Detail }) {
  const bad = badFields(row.reasons)
  const cells = Object.entries(row.cells)
  return (
    <div className="detail">
      <section aria-label="Reasons">
        <h3>{plural(row.reasons.length, 'reason')}</h3>
        <ul className="detail-reasons">
          {row.reasons.map((reason) => (
            <ReasonLine key={reasonName(reason)} reason={reason} />
          ))}
        </ul>
      </section>
      {cells.length > 0 && (
        <section aria-label="Record">
          <h3>Record</h3>
          <dl className="detail-cells">
            {cells.map(([name, value]) => {
              const reason = bad.get(name)
              return (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    {reason === undefined ? <GoodCell value={value} /> : <BadCell text={value ?? ''} reason={reason} />}
                  </dd>
                </div>
              )
            })}
          </dl>
        </section>
      )}
      <section aria-label="As delivered">
        <div className="detail-raw-header">
          <h3>As delivered</h3>
          <CopyButton label="Copy" text={row.raw} />
        </div>
        <RawRecord row={row} bad={bad} />
      </section>
      <section aria-label="Origin">
        <h3>Origin</h3>
        <dl className="detail-cells">
          <Fact name="state">
            {row.state === 'open' ? <StatusBadge status="blocked" word="Held back" /> : 'Released'}
          </Fact>
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
      </section>
    </div>
  )
}

function ReasonLine({ reason }: { readonly reason: QuarantineReason }) {
  const isError = reason.severity === 'error'
  return (
    <li className={isError ? 'tone-bad' : 'tone-attention'}>
      {isError ? <CircleX aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
      <div>
        {reason.message}
        <div className="detail-rule">
          {reasonName(reason)}
          {isError ? '' : ' (warning)'}
        </div>
      </div>
    </li>
  )
}

function GoodCell({ value }: { readonly value: string | null }) {
  return value === null || value === '' ? <span className="soft">empty</span> : value
}

function RawRecord({ row, bad }: { readonly row: Detail; readonly bad: ReadonlyMap<string, string> }) {
  return (
    <pre className="raw-record">
      {markRaw(row.raw, row.cells, bad).map((part) =>
        part.reason === null ? (
          part.text
        ) : (
          <mark key={part.start} title={part.reason} className={part.text === '' ? 'raw-empty' : undefined}>
            {part.text}
            <span className="visually-hidden"> ({part.reason}) </span>
          </mark>
        ),
      )}
    </pre>
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
