import { useState } from 'react'
import { gatesMethods } from '#features/gates'
import { useEngine } from '../../lib/engine.tsx'
import { tell } from '../../lib/toasts.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { GatesTables } from '../../ui/gates-tables.tsx'
import { LetThroughDialog } from '../../ui/let-through-dialog.tsx'
import { Section } from '../../ui/screen.tsx'

/** The gates before deliveries: what they said in the last runs, and what people let through. */
export function GatesSection() {
  const engine = useEngine()
  const { data, error } = useQuery(gatesMethods.list, { limit: 10 }, { keepPrevious: true })
  const [asked, setAsked] = useState<number | null>(null)
  const gates = data?.gates ?? []
  const overrides = data?.overrides ?? []
  // A company that an earlier run held is let go by now, or the newest run says so again.
  const held = gates.find((gate) => gate.is_open && (gate.company === null || gate.run_id === gates[0]?.run_id))
  return (
    <Section
      title="Gates of the last runs"
      beside={
        held !== undefined && <Button onClick={() => setAsked(held.run_id)}>Let run {held.run_id} through</Button>
      }
    >
      {error !== null && <ErrorNotice error={error} />}
      {data !== undefined && gates.length === 0 && <p className="soft">No delivery has come to a gate yet.</p>}
      <GatesTables gates={gates} overrides={overrides} />
      {asked !== null && (
        <LetThroughDialog
          runId={asked}
          company={null}
          onLetThrough={async (reason, expected) => {
            await engine.call(gatesMethods.allow, { run_id: asked, reason, expected })
            tell('Let through: run the same files again to load them.')
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  )
}
