import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { runsMethods } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { hrefTo, navigate } from '../../lib/route.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { RerunDialog } from '../../ui/rerun-dialog.tsx'

/** Builds a model again, with or without what reads it, and shows the run that does. */
export function RerunButton({ name }: { readonly name: string }) {
  const engine = useEngine()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <CommandButton command="Rerun from here" icon={<RotateCw aria-hidden="true" />} onClick={() => setOpen(true)}>
        Rerun from here
      </CommandButton>
      {isOpen && (
        <RerunDialog
          choices={[{ value: name, text: name }]}
          onRerun={async (rerun) => {
            const { run_id: runId } = await engine.call(runsMethods.rerun, rerun)
            navigate(hrefTo('runs', String(runId)))
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
