import type { InputOf, OutputOf } from '#protocol/method'
import type { Transport } from '#protocol/transport'
import { quarantineMethods, type Correction, type RowTarget } from '#features/quarantine'
import { formatCount, plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { tell, tellError } from '../../lib/toasts.ts'
import { replay, tellEnd } from './replay.ts'

type Input<Name extends keyof typeof quarantineMethods> = InputOf<(typeof quarantineMethods)[Name]>
type LeftAlone = OutputOf<typeof quarantineMethods.discard>['left_alone']

/** More ids than this do not fit into one question. */
const idsAtOnce = 100_000

/** Keeps an edit as corrections and tells what came of it. */
export async function correct(engine: Transport, input: Input<'correct'>): Promise<void> {
  const done = await engine.call(quarantineMethods.correct, input)
  const one = done.become_valid === 1 ? 'it is valid now' : 'something is still wrong with it'
  const valid = done.rows === 1 ? one : `${formatCount(done.become_valid)} valid now`
  told(engine, done, `Corrected ${plural(done.rows, 'row')}: ${valid}.`)
}

/** Accepts rows as they are. */
export async function waive(engine: Transport, input: Input<'waive'>): Promise<void> {
  const done = await engine.call(quarantineMethods.waive, input)
  told(engine, done, `Waived ${plural(done.rows, 'row')}.`)
}

/** Leaves rows out on purpose. */
export async function discard(engine: Transport, input: Input<'discard'>): Promise<void> {
  const done = await engine.call(quarantineMethods.discard, input)
  told(engine, done, `Discarded ${plural(done.rows, 'row')}.`)
}

/** Takes what a source mended as corrections; a file that changes nothing is told as such. */
export async function receive(engine: Transport, input: Input<'receive'>): Promise<void> {
  const { operation_id: id, changed, become_valid: valid } = await engine.call(quarantineMethods.receive, input)
  if (id === null) tell('The file changes nothing.', { tone: 'info' })
  else
    told(
      engine,
      { operation_id: id, left_alone: [] },
      `Corrected ${plural(changed, 'row')}: ${formatCount(valid)} valid now.`,
    )
}

/** Settles a conflict: the correction holds for the delivered value too, or the source is right. */
export async function resolve(engine: Transport, correction: Correction, keep: 'correction' | 'source'): Promise<void> {
  const { id, field, identity } = correction
  const done = await engine.call(quarantineMethods.resolve, { id, keep })
  const words =
    keep === 'correction'
      ? `The correction of ${field} in ${identity} holds.`
      : `The source is right about ${field} in ${identity}.`
  told(engine, { ...done, left_alone: [] }, words)
}

/** Takes an operation back, the latest in force where none is named; what readers have seen of it is replayed at once. */
export async function undo(engine: Transport, operationId?: number): Promise<void> {
  try {
    const input = operationId === undefined ? {} : { operation_id: operationId }
    const { undone, waiting_ids: ids } = await engine.call(quarantineMethods.undo, input)
    const what = `Undone: ${undone.what}`
    const about = aboutOperation(undone.operation_id)
    if (ids.length === 0 || undone.is_waiting) {
      // Readers have not seen it, or not all of it: what is left to do waits with everything else.
      tell(what, {
        about,
        details: ids.length === 0 ? [] : [`${plural(ids.length, 'row waits', 'rows wait')} for a replay.`],
      })
      return
    }
    const target: RowTarget | undefined = ids.length > idsAtOnce ? undefined : { ids }
    const runId = await replay(engine, target)
    tell(`${what.replace(/\.$/, '')};`, {
      about,
      link: { href: hrefTo('runs', String(runId)), text: `run ${runId} puts the marts back` },
    })
    await tellEnd(engine, runId)
  } catch (error) {
    tellError(error)
  }
}

function told(
  engine: Transport,
  done: { readonly operation_id: number; readonly left_alone: LeftAlone },
  text: string,
): void {
  tell(text, {
    about: aboutOperation(done.operation_id),
    details: done.left_alone.map(({ rows, why }) => `${plural(rows, 'row')} left alone: ${why}`),
    // Not called Undo: that is the button of the screen, which does the same.
    action: { text: 'Take it back', run: () => void undo(engine, done.operation_id) },
  })
}

function aboutOperation(id: number): string {
  return `operation ${id}`
}
