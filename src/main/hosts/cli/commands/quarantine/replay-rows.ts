import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ReplayEffect } from '#features/quarantine'
import { quarantineMethods } from '#features/quarantine'
import type { RunDetail } from '#features/runs'
import type { ErrorReport } from '../../../../kernel/app-error.ts'
import { wholeNumber } from '../../options.ts'
import { withFolders } from '../../output/command-text.ts'
import { effectLines } from '../../output/effect-lines.ts'
import { runDocument } from '../../output/run-document.ts'
import { runSummary } from '../../output/run-summary.ts'
import { nameLog } from '../../report-failure.ts'
import { runJob } from '../../run-job.ts'
import { userName } from '../../../../kernel/user-name.ts'
import { withEngine } from '../../with-engine.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'

/** How much of a replay's effect is shown. */
export interface EffectOptions extends WorkspaceOptions {
  readonly rows?: number
}

/** A replay that came about: what the workspace says of it, its effect on the models, and why it did not end well, if it did not. */
export interface Replayed {
  readonly run: RunDetail
  /** null where it was not built to its end. */
  readonly effect: ReplayEffect | null
  readonly error: ErrorReport | null
}

const rowsForPerson = 5
const rowsForProgram = 50

/** Adds `--rows`. */
export function addEffectOption(command: Command): Command {
  const description = `rows of each model's effect to show; ${rowsForPerson}, with --json ${rowsForProgram}, unless said otherwise`
  return command.option('--rows <n>', description, wholeNumber(1, 1000))
}

/** Replays records, null for all that something was decided about, in a job process. Throws where no run came about. */
export async function replayRows(
  options: EffectOptions,
  kind: 'replay' | 'preview',
  records: readonly number[] | null,
): Promise<Replayed> {
  const { detail: run, error } = await runJob({
    kind,
    projectFolder: resolve(options.project),
    inputFolder: '',
    workspaceFolder: resolve(options.workspace),
    asOf: null,
    exportFolder: null,
    startedBy: userName(),
    records,
  })
  // A blocked replay is built too, and its effect says what blocks it.
  const isBuilt = error === null || run.status === 'blocked'
  return {
    run,
    effect: isBuilt ? await readEffect(options, run.run_id) : null,
    error: error && withFolders(nameLog(error, options.workspace), options),
  }
}

function readEffect(options: EffectOptions, runId: number): Promise<ReplayEffect> {
  const limit = options.rows ?? (options.json ? rowsForProgram : rowsForPerson)
  return withEngine(options, (engine) => engine.call(quarantineMethods.effect, { run_id: runId, limit }))
}

/** A replay as part of a JSON document. */
export function replayDocument({ run, effect, error }: Replayed) {
  return { run: runDocument(run), effect, ...(error && { error }) }
}

/** A replay as text for a person. */
export function replayText({ run, effect }: Replayed): string {
  return [runSummary(run), ...(effect === null ? [] : effectLines(effect, run.models))].join('\n')
}
