import { Check, Undo2 } from 'lucide-react'
import { quarantineMethods, type Correction } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { plural } from '../../lib/format.ts'
import { tellError } from '../../lib/toasts.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/screen.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { resolve } from './operations.ts'
import './corrections-tab.css'

/** As many conflicts as a person settles in one sitting; the next come when these are gone. */
const conflictsAtOnce = 50

/** The corrections that a person has to settle: the source sends a third value. */
export function Conflicts({ count }: { readonly count: number }) {
  const engine = useEngine()
  const { data } = useQuery(
    quarantineMethods.corrections,
    { status: ['conflict'], limit: conflictsAtOnce },
    { keepPrevious: true },
  )
  const settle = (correction: Correction, keep: 'correction' | 'source') => {
    resolve(engine, correction, keep).catch(tellError)
  }
  const columns: readonly TableColumn<Correction>[] = [
    { id: 'record', title: 'Record', cell: (one) => <span className="mono">{one.identity}</span> },
    { id: 'field', title: 'Field', cell: (one) => `${one.source}.${one.field}` },
    { id: 'made-for', title: 'Made for', cell: (one) => <Text text={one.raw_value} /> },
    { id: 'correction', title: 'Correction', cell: (one) => <Text text={one.new_value} /> },
    { id: 'delivered', title: 'Delivered now', cell: (one) => <Text text={one.delivered_value} /> },
    {
      id: 'settle',
      title: 'Settle',
      cell: (one) => (
        <span className="corrections-settle">
          <Button icon={<Check aria-hidden="true" />} onClick={() => settle(one, 'correction')}>
            Keep the correction
          </Button>
          <Button icon={<Undo2 aria-hidden="true" />} onClick={() => settle(one, 'source')}>
            The source is right
          </Button>
        </span>
      ),
    },
  ]
  return (
    <div className="corrections-conflicts" tabIndex={-1}>
      <Section title={`${plural(count, 'conflict')} to settle`}>
        <p className="soft">The source delivers neither the value that was corrected nor the correction.</p>
        {data !== undefined && (
          <Table label="Conflicts" columns={columns} rows={data.corrections} rowKey={(one) => one.id} isCompact />
        )}
        {count > conflictsAtOnce && <p className="soft">The first {conflictsAtOnce}; the others follow.</p>}
      </Section>
    </div>
  )
}

function Text({ text }: { readonly text: string | null }) {
  return text === null || text === '' ? <span className="soft">empty</span> : <span className="mono">{text}</span>
}
