import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { ErrorReport } from '../lib/error-report.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNotice } from './error-notice.tsx'
import { SelectField } from './select-field.tsx'

interface RerunDialogProps {
  /** The models that can be chosen, at least one; a single one is no choice. */
  readonly models: readonly string[]
  readonly isBusy: boolean
  readonly error: ErrorReport | null
  onRerun(model: string, descendants: boolean): void
  onClose(): void
}

/** Asks from which model on a part of the pipeline is to be built again. */
export function RerunDialog({ models, isBusy, error, onRerun, onClose }: RerunDialogProps) {
  const [model, setModel] = useState(models[0] ?? '')
  const [descendants, setDescendants] = useState(true)
  return (
    <Dialog
      title={models.length === 1 ? `Rerun from ${model}` : 'Rerun from here'}
      description="Builds the model again from the staged rows, runs its checks and publishes what comes of it. No feed is read, and rows that come out equal stay as they are."
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onRerun(model, descendants)
        }}
      >
        {models.length > 1 && (
          <SelectField
            label="Model"
            options={models.map((name) => ({ value: name, text: name }))}
            value={model}
            onChange={setModel}
          />
        )}
        <label>
          <input type="checkbox" checked={descendants} onChange={(event) => setDescendants(event.target.checked)} />{' '}
          With all models that read it
        </label>
        {error !== null && <ErrorNotice error={error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" isSubmit icon={<RotateCw aria-hidden="true" />} disabled={isBusy}>
            Rerun from here
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
