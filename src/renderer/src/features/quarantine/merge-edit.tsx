import { useState } from 'react'
import type { InputOf, OutputOf } from '#protocol/method'
import { quarantineMethods, type CellEdit, type QuarantineFilter } from '#features/quarantine'
import { formatCount, plural } from '../../lib/format.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EditForm, fieldOptions, type EditProps } from './edit-form.tsx'

type Cluster = OutputOf<typeof quarantineMethods.clusters>['clusters'][number]
type Method = InputOf<typeof quarantineMethods.clusters>['method']

const methods: readonly { readonly value: Method; readonly text: string }[] = [
  { value: 'fingerprint', text: 'Same words (fingerprint)' },
  { value: 'ngram_fingerprint', text: 'Same pieces (n-gram)' },
  { value: 'levenshtein', text: 'Few letters apart (Levenshtein)' },
]

/** Variants of a value become one. */
export function MergeEdit({
  rows,
  columns,
  firstField,
  filter,
  onClose,
}: EditProps & { readonly filter: QuarantineFilter }) {
  const [field, setField] = useState(firstField)
  const [method, setMethod] = useState<Method>('fingerprint')
  const [radius, setRadius] = useState('2')
  const letters = Math.min(5, Math.max(1, Math.trunc(Number(radius)) || 1))
  const { data, error } = useQuery(
    quarantineMethods.clusters,
    { filter, field, method, radius: letters },
    { keepPrevious: true },
  )
  // By its values, since a cluster has no other name.
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [renamed, setRenamed] = useState<Readonly<Record<string, string>>>({})
  const clusters = data?.clusters ?? []
  const edits = clusters.flatMap((cluster): CellEdit[] => {
    const name = nameOf(cluster)
    const to = renamed[name] ?? cluster.suggested
    const from = cluster.values.map(({ value }) => value).filter((value) => value !== to)
    return chosen.includes(name) && from.length > 0 ? [{ kind: 'merge', field, from, to }] : []
  })
  return (
    <EditForm rows={rows} edits={edits} onClose={onClose}>
      <div className="edit-fields">
        <SelectField label="Field" options={fieldOptions(columns)} value={field} onChange={setField} />
        <SelectField<Method> label="What counts as a variant" options={methods} value={method} onChange={setMethod} />
        {method === 'levenshtein' && (
          <Field
            label="Letters apart, at most"
            type="number"
            min={1}
            max={5}
            value={radius}
            onChange={(event) => setRadius(event.target.value)}
          />
        )}
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined && error === null && <Skeleton lines={4} />}
      {data !== undefined && clusters.length === 0 && (
        <p className="soft">No two values of {field} look like variants of one.</p>
      )}
      {clusters.length > 0 && (
        <div className="clusters" role="group" aria-label="Variants" tabIndex={-1}>
          {clusters.map((cluster) => {
            const name = nameOf(cluster)
            return (
              <ClusterLine
                key={name}
                cluster={cluster}
                isChosen={chosen.includes(name)}
                to={renamed[name] ?? cluster.suggested}
                onChoose={(isChosen) => setChosen(isChosen ? [...chosen, name] : chosen.filter((one) => one !== name))}
                onRename={(to) => setRenamed({ ...renamed, [name]: to })}
              />
            )
          })}
        </div>
      )}
    </EditForm>
  )
}

interface ClusterLineProps {
  readonly cluster: Cluster
  readonly isChosen: boolean
  readonly to: string
  onChoose(isChosen: boolean): void
  onRename(to: string): void
}

function ClusterLine({ cluster, isChosen, to, onChoose, onRename }: ClusterLineProps) {
  return (
    <div className="cluster">
      <input
        type="checkbox"
        aria-label={`Merge into ${to}`}
        checked={isChosen}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <span className="cluster-values">
        {cluster.values.map(({ value, count }) => (
          <Chip key={value} title={plural(count, 'row')}>
            {value} {formatCount(count)}
          </Chip>
        ))}
      </span>
      <input
        aria-label={`What ${cluster.suggested} and its variants become`}
        spellCheck={false}
        value={to}
        onChange={(event) => onRename(event.target.value)}
      />
    </div>
  )
}

function nameOf({ values }: Cluster): string {
  return JSON.stringify(values.map(({ value }) => value))
}
