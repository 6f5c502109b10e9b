import { Table2 } from 'lucide-react'
import { useState } from 'react'
import type { OutputOf } from '#protocol/method'
import { exportsMethods } from '#features/exports'
import type { ReportableRun } from '#features/reports'
import { useEngine } from '../../lib/engine.tsx'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { WrittenFiles } from '../../ui/written-files.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'

type Written = OutputOf<typeof exportsMethods.write>['files']

/** Every published table as CSV and XLSX, in the workspace's own folder. */
export function TablesExport({ run }: { readonly run: ReportableRun }) {
  const engine = useEngine()
  const [written, setWritten] = useState<Written>([])
  const { isBusy, error, start } = useAction(() => {})
  const write = () =>
    start(async () => {
      const { files } = await engine.call(exportsMethods.write, { names: [], formats: ['csv', 'xlsx'] })
      setWritten(files)
    })
  return (
    <section aria-labelledby="report-tables">
      <h2 id="report-tables">Tables</h2>
      <p className="soft">
        {run.is_current
          ? 'All rows of every model, personal data included, for spreadsheets and other programs.'
          : 'Tables are written of the run that readers see now.'}
      </p>
      {run.is_current && (
        <Button icon={<Table2 aria-hidden="true" />} disabled={isBusy} onClick={write}>
          {isBusy ? 'Writing…' : 'Write CSV and XLSX'}
        </Button>
      )}
      {error !== null && <ErrorNotice error={error} />}
      {written.length > 0 && <WrittenFiles files={written} />}
    </section>
  )
}
