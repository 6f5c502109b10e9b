import { FileDown, FileUp } from 'lucide-react'
import { useState } from 'react'
import type { InputOf, OutputOf } from '#protocol/method'
import { quarantineMethods } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { plural } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { openDialog } from './quarantine-store.ts'
import { useAction } from '../../lib/use-action.ts'
import type { DialogRows } from './use-target.ts'

type Format = NonNullable<InputOf<typeof quarantineMethods.sendBack>['format']>
type Written = OutputOf<typeof quarantineMethods.sendBack>['files']

const formats: readonly { readonly value: Format; readonly text: string }[] = [
  { value: 'xlsx', text: 'XLSX' },
  { value: 'csv', text: 'CSV' },
]

/** Writes rows to files in the form of their feed, with the reasons beside, for their source to mend. */
export function SendBackDialog({ rows, onClose }: { readonly rows: DialogRows; onClose(): void }) {
  const engine = useEngine()
  const [format, setFormat] = useState<Format>('xlsx')
  const [out, setOut] = useState('')
  const [written, setWritten] = useState<Written | null>(null)
  const action = useAction(() => undefined)
  const write = async () => {
    setWritten(null)
    const folder = out.trim() === '' ? {} : { out: out.trim() }
    const { files } = await engine.call(quarantineMethods.sendBack, { target: rows.target, format, ...folder })
    setWritten(files)
  }
  return (
    <Dialog
      title={`Export ${rows.words}`}
      description="Those of them that are open, one file a source, in the form of its feed with the reasons beside: for the source to mend."
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          action.start(write)
        }}
      >
        <SelectField<Format> label="Format" options={formats} value={format} onChange={setFormat} />
        <Field
          label="Folder"
          hint="Empty: the workspace’s own exports folder."
          value={out}
          autoComplete="off"
          onChange={(event) => setOut(event.target.value)}
        />
        {action.error !== null && <ErrorNotice error={action.error} />}
        {written !== null && (
          <div role="status">
            <StatusBadge status="done" word="Written" />
            <ul className="detail-lines">
              {written.map((file) => (
                <li key={file.path}>
                  <code>{file.path}</code> <span className="soft">{plural(file.rows, 'row')}</span>{' '}
                  <CopyButton label="Copy path" text={file.path} />
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="dialog-actions">
          <Button look="quiet" icon={<FileUp aria-hidden="true" />} onClick={() => openDialog('import')}>
            Import mended file…
          </Button>
          <Button onClick={onClose}>{written === null ? 'Not now' : 'Done'}</Button>
          <Button look="primary" isSubmit icon={<FileDown aria-hidden="true" />} disabled={action.isBusy}>
            Export
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
