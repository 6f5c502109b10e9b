import type { Command } from 'commander'
import { quarantineMethods, rowState } from '#features/quarantine'
import type { RowTarget } from '#features/quarantine'
import type { Transport } from '../../../../protocol/transport.ts'
import { AppError, exitCodeOf } from '../../../../kernel/app-error.ts'
import { printError } from '../../output/print-error.ts'
import { printJson, printResult } from '../../output/print.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import { idsOf } from './read-pages.ts'
import { addEffectOption, replayDocument, replayRows, replayText } from './replay-rows.ts'
import type { EffectOptions } from './replay-rows.ts'
import { addTargetOptions, chosenRows } from './target-options.ts'
import type { TargetOptions } from './target-options.ts'

type ReplayOptions = EffectOptions & TargetOptions & { readonly preview?: true }

/** Adds `assay quarantine replay`. */
export function addReplayCommand(quarantine: Command): void {
  const command = addRequiredWorkspaceOptions(
    quarantine
      .command('replay')
      .description('bring what was decided to the models and publish: of the rows named, or of all that wait'),
  )
  addTargetOptions(command, '--reason').option('--preview', 'show the effect, and publish nothing')
  addEffectOption(command).action(replay)
}

async function replay(options: ReplayOptions): Promise<void> {
  const target = chosenRows(options)
  const records = target === null ? null : await withEngine(options, (engine) => recordsOf(engine, target))
  const replayed = await replayRows(options, options.preview ? 'preview' : 'replay', records)
  if (options.json) printJson(replayDocument(replayed))
  else printResult(replayText(replayed))
  if (replayed.error === null) return
  printError(replayed.error)
  process.exitCode = exitCodeOf(replayed.error.code)
}

/** The rows that match as readers see them, and those that left the quarantine but have changes that wait. */
async function recordsOf(engine: Transport, target: RowTarget): Promise<readonly number[]> {
  if ('ids' in target) {
    // A replay of a row that is not there would be published as if something had been done.
    for (const id of target.ids) await engine.call(quarantineMethods.check, { id, cells: {} })
    return target.ids
  }
  const { filter } = target
  const ids = new Set(await idsOf(engine, target))
  if (filter.state === undefined)
    for (const id of await idsOf(engine, { filter: { ...filter, state: [...rowState.options], waiting: true } }))
      ids.add(id)
  if (ids.size > 0) return [...ids]
  throw new AppError('NOT_FOUND', 'No row of the quarantine matches.', {
    saved: 'Nothing was changed.',
    hint: 'Look at the rows that there are: assay quarantine list.',
  })
}
