import type { ColumnDetail, HistogramBin } from '#features/compare'
import { formatChange, formatCount, formatShare, plural } from '../../lib/format.ts'
import { Figure } from '../../ui/charts/figure.tsx'
import { binName, HistogramOverlay } from '../../ui/charts/histogram-overlay.tsx'
import { RunKey } from '../../ui/charts/run-key.tsx'
import { Section } from '../../ui/screen.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import type { Pair } from './pair-in-address.ts'
import { BeforeAfterTable } from './before-after-table.tsx'

/** How the values of both runs are spread: a histogram, the most frequent values, the shapes of text. */
export function ColumnPictures({ detail, pair }: { readonly detail: ColumnDetail; readonly pair: Pair }) {
  const { column, histogram, top_values: values, shapes } = detail
  const beforeName = `Run ${pair.a}`
  const afterName = `Run ${pair.b}`
  if (histogram.length + values.length + shapes.length === 0) {
    return (
      <Section title="Values">
        <p className="soft">Neither run has values to show here.</p>
      </Section>
    )
  }
  return (
    <>
      {histogram.length > 0 && (
        <Section title="Spread">
          <Figure
            id="compare.histogram"
            title={`Rows by ${column}`}
            beside={
              <>
                <RunKey side="before">
                  {beforeName}: {plural(detail.before?.rows ?? 0, 'row')}
                </RunKey>
                <RunKey side="after">
                  {afterName}: {plural(detail.after?.rows ?? 0, 'row')}
                </RunKey>
              </>
            }
            picture={
              <HistogramOverlay
                label={`Rows by ${column}, before and after`}
                bins={histogram}
                beforeName={beforeName}
                afterName={afterName}
              />
            }
            table={
              <Table label={`Rows by ${column}`} columns={binColumns} rows={histogram} rowKey={(bin) => binName(bin)} />
            }
          />
        </Section>
      )}
      {values.length > 0 && (
        <Section title="Most frequent values">
          <BeforeAfterTable label="Most frequent values" title="Value" rows={values.map(rowOf)} />
        </Section>
      )}
      {shapes.length > 0 && (
        <Section title="Shapes">
          <p className="soft">Letters as a and A, digits as 9.</p>
          <BeforeAfterTable isMono label="Shapes" title="Shape" rows={shapes.map(rowOf)} />
        </Section>
      )}
    </>
  )
}

function rowOf(bin: HistogramBin) {
  return { name: bin.from, before: bin.before, after: bin.after, contribution: bin.contribution }
}

const binColumns: readonly TableColumn<HistogramBin>[] = [
  { id: 'bin', title: 'Values', cell: binName },
  { id: 'before', title: 'Before', isNumber: true, cell: ({ before }) => formatCount(before) },
  { id: 'after', title: 'After', isNumber: true, cell: ({ after }) => formatCount(after) },
  { id: 'change', title: 'Change', isNumber: true, cell: ({ before, after }) => formatChange(after - before) },
  {
    id: 'contribution',
    title: 'Part of the distance',
    isNumber: true,
    cell: ({ contribution }) => formatShare(contribution),
  },
]
