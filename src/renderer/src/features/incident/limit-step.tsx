import { Gauge } from 'lucide-react'
import { useState } from 'react'
import { incidentMethods, type Limit } from '#features/incident'
import { useEngine } from '../../lib/engine.tsx'
import { formatCount } from '../../lib/format.ts'
import { splitNames } from '../../lib/split-names.ts'
import { tell } from '../../lib/toasts.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import { Instant } from '../../ui/instant.tsx'
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
      isWide: true,
      cell: ({ source, max_rows: most, companies }) =>
        most === null && companies.length === 0 ? (
          'lifted; the next run takes the rows in'
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
  const source = sources.find(({ name }) => name === chosen) ?? sources[0]
  if (source === undefined) return null
  const without = source.has_company ? splitNames(companies) : []
  return (
    <form
      className="incident-form"
      onSubmit={(event) => {
        event.preventDefault()
        action.start(async () => {
          const most = rows === '' ? null : Number(rows)
          await engine.call(incidentMethods.limit, { source: source.name, max_rows: most, companies: without, reason })
          tell(`${source.name} is limited from the next run on.`)
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
        value={rows}
        onChange={(event) => setRows(event.target.value)}
      />
      {source.has_company && (
        <Field
          label="Without the companies"
          placeholder="parted by commas"
          autoComplete="off"
          value={companies}
          onChange={(event) => setCompanies(event.target.value)}
        />
      )}
      <Field
        label="Reason for the limit"
        maxLength={1000}
        autoComplete="off"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        isSubmit
        icon={<Gauge aria-hidden="true" />}
        disabled={action.isBusy || (rows === '' && without.length === 0)}
      >
        Limit
      </Button>
      {action.error !== null && <ErrorNotice error={action.error} />}
    </form>
  )
}

const limitColumns: readonly TableColumn<Limit>[] = [
  { id: 'source', title: 'Source', cell: (limit) => limit.source },
  {
    id: 'rows',
    title: 'Rows a run',
    isNumber: true,
    cell: ({ max_rows: most }) => (most === null ? 'all' : formatCount(most)),
  },
  { id: 'companies', title: 'Without', cell: ({ companies }) => companies.join(', ') },
  { id: 'held', title: 'Held now', isNumber: true, cell: (limit) => formatCount(limit.held_rows) },
  { id: 'by', title: 'By', cell: (limit) => limit.set_by },
  { id: 'at', title: 'Since', cell: (limit) => <Instant at={limit.set_at} /> },
  { id: 'reason', title: 'Reason', cell: (limit) => limit.reason },
]
