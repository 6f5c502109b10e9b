import { Gauge } from 'lucide-react'
import { useRef, useState } from 'react'
import { incidentMethods, mostLimitedRows, type Limit } from '#features/incident'
import { usePaletteCommand } from '../../lib/commands.ts'
import { useEngine } from '../../lib/engine.tsx'
import type { ErrorReport } from '../../lib/error-report.ts'
import { formatCount } from '../../lib/format.ts'
import { someNames } from '../../lib/some-names.ts'
import { splitNames } from '../../lib/split-names.ts'
import { tell } from '../../lib/toasts.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import { Instant } from '../../ui/instant.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import type { Incident } from './incident.ts'
import { Step } from './step.tsx'

/** Limits how much of a source the next runs take in. */
export function LimitStep({ incident: { limits, sources } }: { readonly incident: Incident }) {
  const engine = useEngine()
  const action = useAction(() => undefined)
  const lift = (source: string) =>
    action.start(async () => {
      await engine.call(incidentMethods.limit, { source, max_rows: null, companies: [] })
      tell(`The limit of ${source} is lifted. The next run takes in what it held.`)
    })
  const columns: readonly TableColumn<Limit>[] = [
    ...limitColumns,
    {
      id: 'lift',
      title: 'Lift',
      cell: ({ source, max_rows: most, companies }) =>
        most === null && companies.length === 0 ? (
          'lifted; waits for the next run'
        ) : (
          <Button aria-label={`Lift the limit of ${source}`} disabled={action.isBusy} onClick={() => lift(source)}>
            Lift
          </Button>
        ),
    },
  ]
  return (
    <Step
      title="4. Limit what comes in"
      explanation="From the next run on, rows behind the first ones of a delivery, or rows of some companies, are held in the quarantine under held_by_limit. None is lost: when the limit is lifted the next run takes them in."
    >
      {limits.length > 0 && <Table label="Limits" rows={limits} rowKey={(limit) => limit.source} columns={columns} />}
      {action.error !== null && <ErrorNotice error={action.error} />}
      <LimitForm sources={sources} />
    </Step>
  )
}

function LimitForm({ sources }: Pick<Incident, 'sources'>) {
  const engine = useEngine()
  const [chosen, setChosen] = useState('')
  const [rows, setRows] = useState('')
  const [companies, setCompanies] = useState('')
  const [reason, setReason] = useState('')
  const action = useAction(() => {
    setRows('')
    setCompanies('')
    setReason('')
  })
  const form = useRef<HTMLFormElement>(null)
  usePaletteCommand('Limit a source', () => form.current?.querySelector('select')?.focus())
  const source = sources.find(({ name }) => name === chosen) ?? sources[0]
  if (source === undefined) return null
  const without = source.has_company ? splitNames(companies) : []
  return (
    <form
      ref={form}
      className="incident-form"
      onSubmit={(event) => {
        event.preventDefault()
        action.start(async () => {
          const most = rows === '' ? null : Number(rows)
          const limit = { source: source.name, max_rows: most, companies: without, reason }
          const { unknown_companies: unknown } = await engine.call(incidentMethods.limit, limit)
          const details = unknown.length === 0 ? [] : [`No staged row is of ${someNames(unknown)} yet.`]
          tell(`${source.name} is limited from the next run on.`, { details })
        })
      }}
    >
      <SelectField
        label="Source"
        options={sources.map(({ name }) => ({ value: name, text: name }))}
        value={source.name}
        onChange={setChosen}
      />
      <Field
        label="Rows a run, at the most"
        type="number"
        min={0}
        step={1}
        problem={isCount(rows) ? null : `A whole number from 0 to ${formatCount(mostLimitedRows)}.`}
        {...(rows !== '' && Number(rows) === 0 && { hint: `Nothing of ${source.name} is taken in.` })}
        value={rows}
        onChange={(event) => setRows(event.target.value)}
      />
      {source.has_company && (
        <Field
          label="Without the companies"
          placeholder="separated by commas"
          autoComplete="off"
          problem={isOfCompanies(action.error) ? `${action.error?.message} ${action.error?.hint ?? ''}` : null}
          value={companies}
          onChange={(event) => setCompanies(event.target.value)}
        />
      )}
      <ReasonField label="Reason for the limit" value={reason} onChange={setReason} />
      <Button
        isSubmit
        icon={<Gauge aria-hidden="true" />}
        disabled={action.isBusy || !isCount(rows) || (rows === '' && without.length === 0)}
      >
        Limit
      </Button>
      {action.error !== null && !isOfCompanies(action.error) && <ErrorNotice error={action.error} />}
    </form>
  )
}

/** Nothing, or a number of rows that a limit may have. */
const isCount = (rows: string) => rows === '' || (/^\d+$/.test(rows) && Number(rows) <= mostLimitedRows)

const isOfCompanies = (error: ErrorReport | null) => error?.place.field === 'companies'

const limitColumns: readonly TableColumn<Limit>[] = [
  { id: 'source', title: 'Source', cell: (limit) => limit.source },
  {
    id: 'rows',
    title: 'Rows a run',
    isNumber: true,
    cell: ({ max_rows: most }) => (most === null ? 'all' : formatCount(most)),
  },
  {
    id: 'companies',
    title: 'Without',
    cell: ({ companies }) => <span title={companies.join(', ')}>{someNames(companies)}</span>,
  },
  { id: 'held', title: 'Held now', isNumber: true, cell: (limit) => formatCount(limit.held_rows) },
  { id: 'by', title: 'By', cell: (limit) => limit.set_by },
  { id: 'at', title: 'Since', cell: (limit) => <Instant at={limit.set_at} /> },
  { id: 'reason', title: 'Reason', isWide: true, cell: (limit) => limit.reason },
]
