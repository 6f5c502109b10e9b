import { FileDown } from 'lucide-react'
import { useState } from 'react'
import type { OutputOf } from '#protocol/method'
import { exportsMethods, type ExportFormat } from '#features/exports'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import { WrittenFiles } from '../../ui/written-files.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

const formatWords = { csv: 'CSV', parquet: 'Parquet', xlsx: 'XLSX' } as const satisfies Record<ExportFormat, string>
const formats: readonly ExportFormat[] = ['csv', 'parquet', 'xlsx']

/** Writes a model's published rows to files. */
export function ExportButton({ name, isPublished }: { readonly name: string; readonly isPublished: boolean }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        look="primary"
        icon={<FileDown aria-hidden="true" />}
        disabled={!isPublished}
        title={isPublished ? 'Write the published rows to files' : 'There are no published rows yet'}
        onClick={() => setOpen(true)}
      >
        Export
      </Button>
      {isOpen && <ExportDialog name={name} onClose={() => setOpen(false)} />}
    </>
  )
}

type Written = OutputOf<typeof exportsMethods.write>['files']

function ExportDialog({ name, onClose }: { readonly name: string; onClose(): void }) {
  const engine = useEngine()
  const [chosen, setChosen] = useState<readonly ExportFormat[]>(['csv', 'parquet'])
  const [out, setOut] = useState('')
  const [isWriting, setWriting] = useState(false)
  const [written, setWritten] = useState<Written | null>(null)
  const [error, setError] = useState<ErrorReport | null>(null)

  const write = () => {
    setWriting(true)
    setError(null)
    setWritten(null)
    const input = { names: [name], formats: [...chosen], ...(out.trim() === '' ? {} : { out: out.trim() }) }
    engine
      .call(exportsMethods.write, input)
      .then(
        ({ files }) => setWritten(files),
        (cause: unknown) => setError(reportOf(cause)),
      )
      .finally(() => setWriting(false))
  }

  return (
    <Dialog
      title={`Export ${name}`}
      description="Writes the rows of the published run; a file of that name is replaced."
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          write()
        }}
      >
        <fieldset className="export-formats">
          <legend className="field-label">Format</legend>
          {formats.map((format) => (
            <label key={format}>
              <input
                type="checkbox"
                checked={chosen.includes(format)}
                onChange={(event) =>
                  setChosen(formats.filter((one) => (one === format ? event.target.checked : chosen.includes(one))))
                }
              />
              {formatWords[format]}
            </label>
          ))}
        </fieldset>
        <Field
          label="Folder"
          hint="Empty: the workspace’s own exports folder."
          value={out}
          autoComplete="off"
          onChange={(event) => setOut(event.target.value)}
        />
        {error !== null && <ErrorNotice error={error} />}
        {written !== null && (
          <div role="status">
            <StatusBadge status="done" word="Written" />
            <WrittenFiles files={written} />
          </div>
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>{written === null ? 'Not now' : 'Done'}</Button>
          <Button
            look="primary"
            isSubmit
            icon={<FileDown aria-hidden="true" />}
            disabled={isWriting || chosen.length === 0}
          >
            Export
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
