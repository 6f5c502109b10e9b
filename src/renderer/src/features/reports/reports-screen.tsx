import { ChartColumn } from 'lucide-react'
import { hrefTo } from '../../lib/route.ts'
import { Empty } from '../../ui/empty.tsx'
import { Screen } from '../../ui/screen.tsx'

/** Says plainly that there are no reports yet, and what helps until then. */
export function ReportsScreen() {
  return (
    <Screen title="Reports">
      <Empty icon={<ChartColumn />} title="This version does not write reports yet">
        <p>
          Until it does, <a href={hrefTo('models')}>a model’s page</a> exports its rows as CSV or Parquet, and{' '}
          <code>assay runs show</code> with <code>--json</code> gives a run’s books and checks to other programs.
        </p>
      </Empty>
    </Screen>
  )
}
