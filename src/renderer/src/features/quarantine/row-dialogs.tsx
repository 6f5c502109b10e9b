import { quarantineMethods } from '#features/quarantine'
import { formatCount, plural } from '../../lib/format.ts'
import type { Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { DiscardDialog } from './discard-dialog.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { EffectDialog } from './effect-dialog.tsx'
import { filterFromAddress } from './filter-in-address.ts'
import { openDialog, useQuarantineStore, type QuarantineDialog } from './quarantine-store.ts'
import { ReceiveDialog } from './receive-dialog.tsx'
import { SendBackDialog } from './send-back-dialog.tsx'
import { targetOf, useSelection } from './use-target.ts'
import { WaiveDialog } from './waive-dialog.tsx'

/** The screen's dialogs, one of which may be open. */
export function RowDialogs({ route }: { readonly route: Route }) {
  const dialog = useQuarantineStore((state) => state.dialog)
  return dialog !== null && <RowDialog dialog={dialog} route={route} />
}

function RowDialog({ dialog, route }: { readonly dialog: QuarantineDialog; readonly route: Route }) {
  const selection = useSelection(route)
  const filter = filterFromAddress(route.query)
  const { data: facets } = useQuery(quarantineMethods.facets, { filter }, { keepPrevious: true })
  const close = () => openDialog(null)
  if (dialog === 'import') return <ReceiveDialog onClose={close} />

  const target = targetOf(selection, route)
  if (dialog === 'effect') return <EffectDialog target={target ?? undefined} />
  if (facets === undefined) return null
  const all = `all ${formatCount(facets.total)} rows that match`
  const words = selection.kind === 'some' ? plural(selection.ids.length, 'row') : all
  if (dialog === 'export') return <SendBackDialog rows={{ target: target ?? { filter }, words }} onClose={close} />

  if (target === null) return null
  const rows = { target, words }
  if (dialog === 'waive') return <WaiveDialog rows={rows} onClose={close} />
  if (dialog === 'discard') return <DiscardDialog rows={rows} onClose={close} />
  const worst = facets.field[0]?.value ?? null
  return <EditDialog rows={rows} filter={filter} columns={facets.columns} worstField={worst} onClose={close} />
}
