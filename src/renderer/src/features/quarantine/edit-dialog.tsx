import type { QuarantineFilter } from '#features/quarantine'
import { useRemembered } from '../../lib/remembered.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { MergeEdit } from './merge-edit.tsx'
import { ReplaceEdit } from './replace-edit.tsx'
import { SetEdit } from './set-edit.tsx'
import { SuggestionsEdit } from './suggestions-edit.tsx'
import type { DialogRows } from './use-target.ts'
import './edit-dialog.css'

const ways = ['set', 'replace', 'suggestions', 'merge'] as const
type Way = (typeof ways)[number]

interface EditDialogProps {
  readonly rows: DialogRows
  /** The list that the rows are of. */
  readonly filter: QuarantineFilter
  readonly columns: readonly string[]
  /** The field with the most bad cells: most likely the one to mend. */
  readonly worstField: string | null
  onClose(): void
}

/** Edits many rows at once, in one of four ways, each with a look at what it would do. */
export function EditDialog({ rows, filter, columns, worstField, onClose }: EditDialogProps) {
  const [remembered, setWay] = useRemembered<string>('quarantine.edit', 'set')
  const field = columns.find((column) => column === worstField) ?? columns[0] ?? ''
  const props = { rows, columns, firstField: field, onClose }
  return (
    <Dialog
      title={`Edit ${rows.words}`}
      description="Each change is kept as a correction, applied again when the same value is delivered again. It can be undone."
      width="widest"
      onClose={onClose}
    >
      <div className="edit-tabs">
        <Tabs<Way>
          label="How to edit"
          openId={ways.find((way) => way === remembered) ?? 'set'}
          onOpen={setWay}
          tabs={[
            { id: 'set', title: 'Set value', content: <SetEdit {...props} /> },
            { id: 'replace', title: 'Replace', content: <ReplaceEdit {...props} /> },
            { id: 'suggestions', title: 'Accept suggestions', content: <SuggestionsEdit {...props} /> },
            { id: 'merge', title: 'Merge variants', content: <MergeEdit {...props} filter={filter} /> },
          ]}
        />
      </div>
    </Dialog>
  )
}
