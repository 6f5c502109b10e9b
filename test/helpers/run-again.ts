import type { RunOutcome } from '../../src/main/pipeline/run/execute-run.ts'
import type { RebuildRequest } from '../../src/main/pipeline/run/rebuild.ts'
import { runPipeline } from '../../src/main/pipeline/run/run-pipeline.ts'
import { benefits } from './feeds.ts'

const readingThread = new URL('../../src/main/hosts/engine/reading-thread.ts', import.meta.url)

/** Builds again what a workspace of the benefits project has, as the command line asks for it. */
export function runAgain(
  workspace: string,
  again: { readonly fullRefresh?: true; readonly rebuild?: Partial<RebuildRequest>; readonly input?: string },
): Promise<RunOutcome> {
  const { fullRefresh, rebuild, input } = again
  const reads = input !== undefined || fullRefresh === true
  return runPipeline(
    {
      kind: reads ? 'feeds' : 'replay',
      projectFolder: benefits,
      inputFolder: input ?? '',
      workspaceFolder: workspace,
      asOf: input === undefined ? null : '2022-12-31',
      exportFolder: null,
      startedBy: 'test',
      records: reads ? null : [],
      ...(fullRefresh && { fullRefresh }),
      ...(rebuild && { rebuild: { select: [], companies: [], from: null, to: null, ...rebuild } }),
    },
    { started() {}, progress() {}, log() {} },
    readingThread,
  )
}
