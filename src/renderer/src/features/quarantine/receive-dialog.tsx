import { FileUp } from 'lucide-react'
import { useId, useState } from 'react'
import type { OutputOf } from '#protocol/method'
import { quarantineMethods } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ChangeSample } from './change-sample.tsx'
import { receive } from './operations.ts'
import { useAction } from '../../lib/use-action.ts'

type Received = OutputOf<typeof quarantineMethods.receive>

interface MendedFile {
  readonly name: string
  /** In base64. */
  readonly content: string
}

/** As many rows as one reads before asking the source again. */
const toldAtFirst = 5

/** Takes a file that a source has mended, after a look at what it would change. */
export function ReceiveDialog({ onClose }: { onClose(): void }) {
  const engine = useEngine()
  const inputId = useId()
  const [file, setFile] = useState<MendedFile | null>(null)
  const [preview, setPreview] = useState<Received | null>(null)
  const [error, setError] = useState<ErrorReport | null>(null)
  const action = useAction(onClose)

  const look = async (chosen: File) => {
    setFile(null)
    setPreview(null)
    setError(null)
    try {
      const mended = { name: chosen.name, content: await base64Of(chosen) }
      setPreview(await engine.call(quarantineMethods.receive, { ...mended, preview: true }))
      setFile(mended)
    } catch (cause) {
      setError(reportOf(cause))
    }
  }
  return (
    <Dialog
      title="Import mended file"
      description="A file that was exported here and mended by its source. Each mended cell becomes a correction; it can be undone."
      width="widest"
      onClose={onClose}
    >
      <div className="field">
        <label htmlFor={inputId}>File</label>
        <input
          id={inputId}
          type="file"
          accept=".csv,.xlsx"
          onChange={({ target }) => {
            const [chosen] = target.files ?? []
            if (chosen !== undefined) void look(chosen)
          }}
        />
      </div>
      {error !== null && <ErrorNotice error={error} />}
      <p role="status">{preview !== null && sentence(preview)}</p>
      {preview !== null && preview.unknown.length > 0 && <Unknown unknown={preview.unknown} />}
      {preview !== null && preview.sample.length > 0 && <ChangeSample sample={preview.sample} />}
      {action.error !== null && <ErrorNotice error={action.error} />}
      <div className="dialog-actions">
        <Button onClick={onClose}>Not now</Button>
        <Button
          look="primary"
          icon={<FileUp aria-hidden="true" />}
          disabled={file === null || preview?.changed === 0 || action.isBusy}
          onClick={() => file !== null && action.start(() => receive(engine, file))}
        >
          Import
        </Button>
      </div>
    </Dialog>
  )
}

function sentence({ rows, matched, changed, become_valid: valid, still_wrong: wrong }: Received): string {
  return `${plural(rows, 'row')}, ${formatCount(matched)} of them known here: ${formatCount(changed)} change, ${formatCount(valid)} become valid, ${formatCount(wrong)} stay wrong`
}

/** The rows of the file that nothing is taken of. */
function Unknown({ unknown }: Pick<Received, 'unknown'>) {
  return (
    <ul className="detail-lines">
      {unknown.slice(0, toldAtFirst).map(({ line, why }) => (
        <li key={line}>
          Line {formatCount(line)} is left alone: {why}
        </li>
      ))}
      {unknown.length > toldAtFirst && <li className="soft">and {formatCount(unknown.length - toldAtFirst)} more</li>}
    </ul>
  )
}

function base64Of(file: File): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.addEventListener('load', () => resolve(afterComma(reader.result)))
  reader.addEventListener('error', () => reject(reader.error ?? new Error(`${file.name} cannot be read.`)))
  reader.readAsDataURL(file)
  return promise
}

/** A data URL without what says its kind. */
function afterComma(url: FileReader['result']): string {
  return typeof url === 'string' ? url.slice(url.indexOf(',') + 1) : ''
}
