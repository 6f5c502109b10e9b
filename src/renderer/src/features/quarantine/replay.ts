import type { Transport } from '#protocol/transport'
import { quarantineMethods, type ReplayEffect, type RowTarget } from '#features/quarantine'
import { plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { runEnded } from '../../lib/run-ended.ts'
import { tell, tellError } from '../../lib/toasts.ts'
import { selectRows } from './quarantine-store.ts'

/** Starts a replay of some rows, or of all that wait, and gives its run. */
export async function replay(engine: Transport, target?: RowTarget): Promise<number> {
  const { run_id: runId } = await engine.call(quarantineMethods.replay, target === undefined ? {} : { target })
  return runId
}

/** Starts a replay and tells of its end, wherever one is by then; a start that fails is told too. */
export async function replayAndTell(engine: Transport, target?: RowTarget): Promise<void> {
  try {
    const runId = await replay(engine, target)
    void tellEnd(engine, runId)
    // What was selected is being dealt with, and may leave the list.
    selectRows({ kind: 'none' }, '')
  } catch (error) {
    tellError(error)
  }
}

/** Whether a replay would have anything to bring to the models. */
export async function doesAnythingWait(engine: Transport): Promise<boolean> {
  const { rows, changed_contracts: contracts } = await engine.call(quarantineMethods.waiting, {})
  return rows + contracts > 0
}

/** Replays all that waits; says so when nothing does. */
export async function replayAll(engine: Transport): Promise<void> {
  try {
    if (await doesAnythingWait(engine)) await replayAndTell(engine)
    else
      tell('Nothing waits for a replay.', {
        tone: 'info',
        details: ['Corrections, waivers, discards and repair rules do.'],
      })
  } catch (error) {
    tellError(error)
  }
}

/** Waits for a replay's end and tells what it did to the models. */
export async function tellEnd(engine: Transport, runId: number): Promise<void> {
  const link = { href: hrefTo('runs', String(runId)), text: 'See the run' }
  try {
    const run = await runEnded(engine, runId)
    if (run.status !== 'published') {
      const why = run.error === null ? 'Nothing of it was published.' : run.error.message
      tell(`Run ${runId} was not published: ${why}`, { tone: run.status === 'cancelled' ? 'info' : 'bad', link })
      return
    }
    const effect = await engine.call(quarantineMethods.effect, { run_id: runId, limit: 1 })
    tell(`Run ${runId} published: ${effectSentence(effect)}.`, { link })
  } catch (error) {
    tellError(error)
  }
}

/** An effect in a few words: `3 rows appeared, 1 changed in 4 models`. */
export function effectSentence({ models }: ReplayEffect): string {
  const touched = models.filter(({ appeared, vanished, changed }) => appeared + vanished + changed > 0)
  const sum = (change: 'appeared' | 'vanished' | 'changed') =>
    touched.reduce((total, model) => total + model[change], 0)
  const parts = (['appeared', 'vanished', 'changed'] as const)
    .filter((change) => sum(change) > 0)
    .map(
      (change, index) => `${index === 0 ? plural(sum(change), 'row') : sum(change).toLocaleString('en-US')} ${change}`,
    )
  return parts.length === 0
    ? 'no row of the models changed'
    : `${parts.join(', ')} in ${plural(touched.length, 'model')}`
}
