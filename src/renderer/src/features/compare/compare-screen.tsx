import { GitCompareArrows } from 'lucide-react'
import { hrefTo } from '../../lib/route.ts'
import { Empty } from '../../ui/empty.tsx'
import { Screen } from '../../ui/screen.tsx'

/** Says plainly that runs cannot be compared yet, and what helps until then. */
export function CompareScreen() {
  return (
    <Screen title="Compare">
      <Empty icon={<GitCompareArrows />} title="This version cannot compare two runs yet">
        <p>
          Until it can, the page of <a href={hrefTo('runs')}>each run</a> shows the rows of every model and their change
          against the run published before it.
        </p>
        <p>
          To compare row by row, export the models after each run and compare the files: equal tables give equal bytes.
        </p>
      </Empty>
    </Screen>
  )
}
