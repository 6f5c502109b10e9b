import type { RunSummary } from '#features/runs'
import { Chip } from '../../ui/chip.tsx'

export const setAsideWords = 'Its tables are kept until it is released or discarded, or another run is published'
export const supersededWords = 'Another run was published since, so its tables are not kept any more'

/** How a run stands beside the one that readers see, where that says more than its status. */
export function StandingChip({ run }: { readonly run: RunSummary }) {
  if (run.is_current)
    return (
      <Chip tone="good" title="Readers and exports see this run">
        Current
      </Chip>
    )
  if (run.is_rolled_back)
    return (
      <Chip title="Readers were taken back to a run before it; until another run is published they can be brought forward again">
        Rolled back
      </Chip>
    )
  if (run.is_candidate)
    return (
      <Chip tone="attention" title="Its tables can be looked at beside the published ones">
        Candidate
      </Chip>
    )
  if (run.is_set_aside)
    return (
      <Chip tone="attention" title={setAsideWords}>
        Set aside
      </Chip>
    )
  if (run.discarded !== null) return <Chip title={`${run.discarded.who} took its tables back for good`}>Discarded</Chip>
  if (run.is_superseded) return <Chip title={supersededWords}>Superseded</Chip>
  if (run.is_undone && run.status === 'published')
    return (
      <Chip title="Readers were taken back to a run before it, and another run was published from there">Undone</Chip>
    )
  return null
}
