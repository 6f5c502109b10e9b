import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { modelsMethods } from '#features/models'
import { runsMethods, type RunDetail } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { hrefTo, navigate } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { RerunDialog } from '../../ui/rerun-dialog.tsx'

const stages = ['staging', 'intermediate', 'fact', 'mart', 'export'] as const

/** Builds a part of the published run again, from a stage or a model on that one chooses, and shows the run that does. */
export function RerunButton({ run }: { readonly run: RunDetail }) {
  const engine = useEngine()
  const { data: graph } = useQuery(modelsMethods.graph, {}, { keepPrevious: true })
  const [isOpen, setOpen] = useState(false)
  if (run.models.length === 0) return null
  const models = run.models.map(({ name }) => name)
  const isThere = (stage: string) =>
    graph?.nodes.some(({ name, layer }) => layer === stage && models.includes(name)) === true
  const show = ({ run_id: runId }: { readonly run_id: number }) => navigate(hrefTo('runs', String(runId)))
  return (
    <>
      <CommandButton command="Rerun from here" icon={<RotateCw aria-hidden="true" />} onClick={() => setOpen(true)}>
        Rerun from here
      </CommandButton>
      {isOpen && (
        <RerunDialog
          choices={[
            ...stages.filter(isThere).map((stage) => ({ value: stage, text: `Stage: ${stage}` })),
            ...models.map((name) => ({ value: name, text: name })),
          ]}
          onRerun={(rerun) => engine.call(runsMethods.rerun, rerun).then(show)}
          onRefresh={() => engine.call(runsMethods.refresh, {}).then(show)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
