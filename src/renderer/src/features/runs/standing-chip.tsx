import type { RunSummary } from '#features/runs'
import { Chip } from '../../ui/chip.tsx'

/** How a run stands beside the one that readers see, where that says more than its status. */
export function StandingChip({ run }: { readonly run: RunSummary }) {
  if (run.is_current)
    return (
      <Chip tone="good" title="Readers and exports see this run">
        Current
      </Chip>
    )
  if (run.is_rolled_back)
    return <Chip title="Readers were taken back to a run before it, until the next run starts">Rolled back</Chip>
  if (run.is_candidate)
    return (
      <Chip tone="attention" title="Its tables lie aside until the next run starts">
        Candidate
      </Chip>
    )
  if (run.is_undone && run.status === 'published')
    return <Chip title="Readers were taken back to a run before it, and a run was made from there">Undone</Chip>
  return null
}
