import type { RunOutcome } from '../../src/main/pipeline/run/run-context.ts'
import type { RebuildRequest } from '../../src/main/pipeline/run/models/rebuild.ts'
import { runPipeline } from '../../src/main/pipeline/run/run-pipeline.ts'
import { benefits } from './feeds.ts'

const jobThread = new URL('../../src/main/hosts/engine/job-thread.ts', import.meta.url)

/** Builds again what a workspace has, of the benefits project unless another is named, as the command line asks for it. */
export function runAgain(
  workspace: string,
  again: {
    readonly fullRefresh?: true
    readonly rebuild?: Partial<RebuildRequest>
    readonly input?: string
    readonly project?: string
  },
): Promise<RunOutcome> {
  const { fullRefresh, rebuild, input, project = benefits } = again
  const reads = input !== undefined || fullRefresh === true
  return runPipeline(
    {
      kind: reads ? 'feeds' : 'replay',
      projectFolder: project,
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
    jobThread,
  )
}
