import { History } from 'lucide-react'
import { useState } from 'react'
import { runsMethods, type RunSummary } from '#features/runs'
import { useQuery } from '../../lib/use-query.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { RollBackDialog } from './roll-back-dialog.tsx'

/** Gives readers another run: the one that is shown where there is one that can be gone to, else one to be chosen. */
export function RollBackButton({ run }: { readonly run: RunSummary | null }) {
  const { data: runs } = useQuery(runsMethods.list, { limit: 500 }, { keepPrevious: true })
  const [isOpen, setOpen] = useState(false)
  const targets = (runs ?? []).filter(
    (one) => one.can_roll_back && (run === null || run.is_current || one.run_id === run.run_id),
  )
  const current = runs?.find((one) => one.is_current)
  if (targets.length === 0 || current === undefined) return null
  const word = run?.is_rolled_back === true ? 'Roll forward' : 'Roll back'
  return (
    <>
      <CommandButton command={word} icon={<History aria-hidden="true" />} onClick={() => setOpen(true)}>
        {word}
      </CommandButton>
      {isOpen && <RollBackDialog current={current} targets={targets} onClose={() => setOpen(false)} />}
    </>
  )
}
