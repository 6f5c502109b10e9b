import { Play } from 'lucide-react'
import { useState } from 'react'
import { runsMethods } from '#features/runs'
import type { WorkspaceInfo } from '#features/workspace'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { formatDay } from '../../lib/format.ts'
import { hrefTo, navigate } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import { BrowseFolder } from './browse-folder.tsx'

interface RunDialogProps {
  readonly info: WorkspaceInfo
  /** A folder to start with; null for the one of the last run. */
  readonly input: string | null
  onClose(): void
}

/** Asks for what a run needs and starts it; what was given the last time stands there already. */
export function RunDialog({ info, input: given, onClose }: RunDialogProps) {
  const engine = useEngine()
  const [input, setInput] = useState(given ?? info.remembered.input ?? '')
  const [asOf, setAsOf] = useState(() => info.remembered.as_of ?? formatDay(new Date()))
  const [isStarting, setStarting] = useState(false)
  const [error, setError] = useState<ErrorReport | null>(null)

  const isOfInput = error?.code === 'INPUT_INVALID' && error.place.file !== undefined
  const start = () => {
    setStarting(true)
    setError(null)
    engine.call(runsMethods.start, { input, as_of: asOf }).then(
      ({ run_id }) => {
        onClose()
        navigate(hrefTo('runs', String(run_id)))
      },
      (cause: unknown) => {
        setStarting(false)
        setError(reportOf(cause))
      },
    )
  }

  return (
    <Dialog title="Run pipeline" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          start()
        }}
      >
        <div className="field">
          <span className="field-label">Project</span>
          <span>
            {info.project.title} <span className="soft mono">{info.project.folder}</span>
          </span>
        </div>
        <Field
          label="Input folder"
          hint="The folder with the feed files (CSV, JSON, NDJSON). Files that were read before change nothing."
          problem={isOfInput ? [error?.message, error?.hint].join(' ') : null}
          value={input}
          required
          autoComplete="off"
          placeholder="/path/to/feeds"
          onChange={(event) => setInput(event.target.value)}
          beside={info.host.has_folder_dialog && <BrowseFolder start={input} onChosen={setInput} onError={setError} />}
        />
        <Field
          label="As-of date"
          hint="The day that counts as today for this run."
          inputMode="numeric"
          pattern="\d{4}-\d{2}-\d{2}"
          title="A day as YYYY-MM-DD"
          placeholder="YYYY-MM-DD"
          autoComplete="off"
          value={asOf}
          required
          onChange={(event) => setAsOf(event.target.value)}
        />
        {error !== null && !isOfInput && <ErrorNotice error={error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Not now</Button>
          <Button
            look="primary"
            isSubmit
            icon={<Play aria-hidden="true" />}
            disabled={isStarting || input.trim() === ''}
          >
            Run pipeline
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
