import type { OutputOf } from '#protocol/method'
import type { LineageStep, ModelColumn, modelsMethods, TracedRow } from '#features/models'
import { formatCount, plural } from '../../lib/format.ts'
import { hrefTo, hrefWith, type Route } from '../../lib/route.ts'
import { Chip } from '../../ui/chip.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { cellText, isNumeric } from '../../lib/cell-text.ts'
import { layers } from './layers.ts'
import { recordToAddress, rowToAddress } from './row-in-address.ts'

type Lineage = OutputOf<typeof modelsMethods.lineage>

/** The row itself, then each step upstream with the rows it was made of. */
export function LineageSteps({ lineage, route }: { readonly lineage: Lineage; readonly route: Route }) {
  const { row, columns, model } = lineage
  const found = lineage.steps.filter((step) => step.total > 0)
  const unknown = lineage.steps.filter((step) => step.on === null)
  const without = lineage.steps.filter((step) => step.total === 0 && step.on !== null)
  return (
    <div className="origin">
      <section aria-label="This row">
        <h3>{model}</h3>
        <dl className="origin-facts">
          {columns.map((column, index) => (
            <div key={column.name}>
              <dt>{column.name}</dt>
              <dd>{cellText(column.type, row.cells[index] ?? null) || <span className="soft">empty</span>}</dd>
            </div>
          ))}
        </dl>
      </section>
      <ol className="origin-steps" aria-label="Steps">
        {found.map((step) => (
          <li key={`${step.via} ${step.model}`}>
            <Step step={step} route={route} />
          </li>
        ))}
      </ol>
      {found.length === 0 && <p className="soft">No row of another model belongs to this one.</p>}
      {without.length > 0 && (
        <p className="soft">
          No row of {without.map((step) => `${step.model} for ${step.via}`).join(', ')} belongs to it.
        </p>
      )}
      {unknown.map((step) => (
        <p key={`${step.via} ${step.model}`} className="soft">
          Which rows of {step.model} a row of {step.via} comes from is not known: declare it as lineage in the .yml of{' '}
          {step.via}.
        </p>
      ))}
    </div>
  )
}

function Step({ step, route }: { readonly step: LineageStep; readonly route: Route }) {
  const { word, icon: Icon } = layers[step.layer]
  const shown = step.rows.length
  const name = `${step.model} made into ${step.via}`
  return (
    <section aria-label={name}>
      <div className="origin-step-header">
        <h3>
          <a href={hrefTo('models', step.model)}>{step.model}</a>
        </h3>
        <Chip>
          <Icon aria-hidden="true" />
          {word}
        </Chip>
        <span className="soft">
          {plural(step.total, 'row')} made into {step.via}
          {shown < step.total && `, the first ${formatCount(shown)} here`}
        </span>
      </div>
      <div className="origin-rows" role="region" aria-label={`Rows of ${name}`} tabIndex={0}>
        <Table<TracedRow>
          label={`Rows of ${name}`}
          rows={step.rows}
          rowKey={(row) => JSON.stringify(row.key)}
          columns={[linkColumn(step, route), ...step.columns.flatMap((column, index) => valueColumn(column, index))]}
        />
      </div>
      <details>
        <summary>How they belong together</summary>
        <p className="soft">
          r is a row of {step.via}, s a row of {step.model}:
        </p>
        <code>{step.on}</code>
      </details>
    </section>
  )
}

/** Leads to the record of a staged row, and to the row's own page for any other. */
function linkColumn({ model }: LineageStep, route: Route): TableColumn<TracedRow> {
  return {
    id: 'link',
    title: 'Row',
    cell: ({ key, staged }) =>
      staged === null ? (
        <a href={hrefTo('models', model, rowToAddress(key))}>{keyText(key)}</a>
      ) : (
        <a className="mono" href={hrefWith(route, recordToAddress({ source: model, key }))}>
          {staged.row_id}
        </a>
      ),
  }
}

function keyText(key: TracedRow['key']): string {
  // Parts of a made-up key are parted by a character that is not to be seen.
  return Object.values(key)
    .map((value) => (value ?? 'empty').replaceAll('\u001f', ' ').trim())
    .join(', ')
}

function valueColumn(column: ModelColumn, index: number): TableColumn<TracedRow>[] {
  if (column.name === 'row_id') return []
  return [
    {
      id: column.name,
      title: column.name,
      isNumber: isNumeric(column.type),
      cell: (row) => cellText(column.type, row.cells[index] ?? null),
    },
  ]
}
