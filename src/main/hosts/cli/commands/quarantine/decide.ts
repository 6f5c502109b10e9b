import type { Transport } from '../../../../protocol/transport.ts'
import type { RowTarget } from '#features/quarantine'
import { quarantineMethods } from '#features/quarantine'
import { AppError } from '../../../../kernel/app-error.ts'
import { withEngine } from '../../with-engine.ts'
import { finishOperation } from './finish-operation.ts'
import type { FollowUpOptions } from './finish-operation.ts'
import { idsOf } from './read-pages.ts'
import { requireRows } from './target-options.ts'
import type { TargetOptions } from './target-options.ts'

/** Decides something about the rows that the options name, says what came of it and replays them where that was asked for. */
export async function decide<Done extends { readonly operation_id: number }>(
  options: TargetOptions & FollowUpOptions,
  why: string | undefined,
  act: (engine: Transport, target: RowTarget) => Promise<Done>,
  textOf: (done: Done) => string,
): Promise<void> {
  const target = requireRows(options)
  const { document, records } = await withEngine(options, async (engine) => {
    if ('filter' in target && why !== undefined) await refuseReasonAsFilter(engine, why)
    // Afterwards the rows may not match the filter any more.
    const ids = options.replay ? await idsOf(engine, target) : []
    return { document: await act(engine, target), records: ids }
  })
  await finishOperation(options, { document, text: textOf(document), records })
}

/** `--reason` filters in `list` and says why here: whoever confuses the two would change far more rows than meant. */
async function refuseReasonAsFilter(engine: Transport, why: string): Promise<void> {
  const { reason } = await engine.call(quarantineMethods.facets, { filter: {} })
  if (reason.every(({ value }) => value !== why.trim())) return
  throw new AppError('USAGE', `--reason says why you do this, and rows are held back for "${why}".`, {
    saved: 'Nothing was changed.',
    hint: `To choose the rows that are held back for it, use --for "${why}".`,
  })
}
