import { CircleMinus, CirclePlus, PencilLine } from 'lucide-react'
import type { ReplayEffect } from '#features/quarantine'
import { formatCount, plural } from '../lib/format.ts'
import { hrefTo } from '../lib/route.ts'
import './effect-tables.css'

type ModelEffect = ReplayEffect['models'][number]
type ChangedRow = ModelEffect['rows'][number]
type Column = ModelEffect['columns'][number]

const looks = {
  appeared: { tone: 'good', icon: CirclePlus },
  vanished: { tone: 'bad', icon: CircleMinus },
  changed: { tone: 'attention', icon: PencilLine },
} as const

interface EffectTablesProps {
  readonly effect: ReplayEffect
  /** What stands there where no row is touched; absent where that is said already. */
  readonly ifNone?: string
}

/** What a replay did, or would do, to the models: the rows that appear, vanish and change, old values struck through. */
export function EffectTables({ effect, ifNone }: EffectTablesProps) {
  const touched = effect.models.filter((model) => model.appeared + model.vanished + model.changed > 0)
  if (touched.length === 0) return ifNone === undefined ? null : <p className="soft">{ifNone}</p>
  return (
    <div>
      {touched.map((model) => (
        <ModelTable key={model.name} model={model} />
      ))}
    </div>
  )
}

function ModelTable({ model }: { readonly model: ModelEffect }) {
  const total = model.appeared + model.vanished + model.changed
  return (
    <section className="effect" aria-label={model.name}>
      <h3>
        {model.layer === 'source' ? (
          `${model.name}, as staged`
        ) : (
          <a href={hrefTo('models', model.name)}>{model.name}</a>
        )}
        {(['appeared', 'vanished', 'changed'] as const).map(
          (change) =>
            model[change] > 0 && (
              <span key={change} className="soft">
                {formatCount(model[change])} {change}
              </span>
            ),
        )}
      </h3>
      {/* It scrolls, so that the keyboard must reach it. */}
      <div className="effect-scroll" tabIndex={0} role="group" aria-label={`Changed rows of ${model.name}`}>
        <table className="table" aria-label={`Changed rows of ${model.name}`}>
          <thead>
            <tr>
              <th scope="col">Change</th>
              {model.columns.map((column) => (
                <th key={column.name} scope="col" className={isNumber(column) ? 'number' : undefined}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {model.rows.map((row) => (
              <EffectRow key={JSON.stringify(row)} row={row} columns={model.columns} />
            ))}
          </tbody>
        </table>
      </div>
      {total > model.rows.length && (
        <p className="soft">
          The first {formatCount(model.rows.length)} of {plural(total, 'row')}.
        </p>
      )}
    </section>
  )
}

function EffectRow({ row, columns }: { readonly row: ChangedRow; readonly columns: readonly Column[] }) {
  const { tone, icon: Icon } = looks[row.change]
  return (
    <tr className={`effect-${row.change}`}>
      <td>
        <span className={`status tone-${tone}`}>
          <Icon aria-hidden="true" />
          {row.change}
        </span>
      </td>
      {columns.map((column, at) => (
        <td key={column.name} className={isNumber(column) ? 'number' : undefined}>
          <Value before={row.before?.[at] ?? null} after={row.after?.[at] ?? null} change={row.change} />
        </td>
      ))}
    </tr>
  )
}

interface ValueProps {
  readonly before: string | null
  readonly after: string | null
  readonly change: ChangedRow['change']
}

function Value({ before, after, change }: ValueProps) {
  if (change === 'vanished') return before === null ? null : <del>{before}</del>
  if (change === 'appeared' || before === after) return after
  return (
    <span className="effect-value">
      <del>{before ?? 'empty'}</del> <ins>{after ?? 'empty'}</ins>
    </span>
  )
}

function isNumber({ type }: Column): boolean {
  return type === 'integer' || type === 'money' || type === 'percent'
}
