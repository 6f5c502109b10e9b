import { Play } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { useRunDialog } from './run-dialog-store.ts'

/** The main action of the runs' screens. */
export function RunPipelineButton() {
  const open = useRunDialog((state) => state.open)
  return (
    <Button look="primary" icon={<Play aria-hidden="true" />} onClick={() => open()}>
      Run pipeline
    </Button>
  )
}
