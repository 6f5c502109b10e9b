import fc from 'fast-check'
import { expect, test } from 'vitest'
import { proveWorkspace } from '../../../src/main/pipeline/run/prove-workspace.ts'
import { runPipeline } from '../../../src/main/pipeline/run/run-pipeline.ts'
import type { RunStage } from '../../../src/main/pipeline/run/run-progress.ts'
import { deliveredFile, folderWith, hasFeed, named, type NamedFile } from '../../helpers/deliveries.ts'
import { benefits, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'
import { runAgain } from '../../helpers/run-again.ts'

const readingThread = new URL('../../../src/main/hosts/engine/reading-thread.ts', import.meta.url)

type Step =
  | {
      readonly kind: 'deliver' | 'crash'
      readonly added: readonly { source: string; content: string }[]
      readonly again: number
      readonly stage: RunStage
    }
  | { readonly kind: 'backfill'; readonly companies: readonly string[]; readonly from: string | null }
  | { readonly kind: 'select'; readonly selector: string }
  | { readonly kind: 'refresh' | 'decide' | 'replay' | 'roll back' }

const delivery = {
  added: fc.array(deliveredFile, { minLength: 1, maxLength: 3 }),
  again: fc.constantFrom(0, 0, 2, 6),
  stage: fc.constantFrom<RunStage>('reading', 'modelling', 'checking', 'publishing'),
}

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deliver' as const), ...delivery }) },
  fc.record({ kind: fc.constant('crash' as const), ...delivery }),
  fc.record({
    kind: fc.constant('backfill' as const),
    companies: fc.subarray(['11-1111111', '222222222']),
    from: fc.constantFrom(null, '2022-01-10'),
  }),
  fc.record({
    kind: fc.constant('select' as const),
    selector: fc.constantFrom('stg_claims+', '+mart_cost_spikes', 'int_company_enriched+', 'fct_employee_roster'),
  }),
  fc.record({ kind: fc.constantFrom('refresh' as const, 'decide' as const, 'replay' as const, 'roll back' as const) }),
)

/** Delivers into a run that ends without a word as soon as it has come to a stage. */
async function crash(workspace: string, inputFolder: string, at: RunStage): Promise<void> {
  const request = {
    kind: 'feeds',
    projectFolder: benefits,
    inputFolder,
    workspaceFolder: workspace,
    asOf: '2022-12-31',
    exportFolder: null,
    startedBy: 'test',
    records: null,
  } as const
  const listener = {
    started() {},
    log() {},
    progress({ stage }: { readonly stage: RunStage }) {
      if (stage === at) throw new Error('the lights went out')
    },
  }
  await expect(runPipeline(request, listener, readingThread)).rejects.toThrow('the lights went out')
}

/** Leaves out the first row that is held back, and mends the second. */
async function decide(workspace: string): Promise<void> {
  const quarantine = openQuarantine(workspace)
  const open = (await quarantine.rows()).filter(({ state }) => state === 'open')
  const [first, second] = open
  if (first !== undefined) await quarantine.discard({ target: { ids: [first.id] }, reason: 'not ours' })
  if (second?.source === 'claims')
    await quarantine.correctRow(second.id, { amount: '7.00', service_date: '2022-01-02', company_ein: '44-4444444' })
  quarantine.close()
}

async function take(workspace: string, step: Step, files: NamedFile[]): Promise<void> {
  switch (step.kind) {
    case 'deliver':
    case 'crash': {
      const repeated = step.again === 0 ? [] : files.slice(-step.again)
      const fresh = step.added.map((file, index) => named(file, files.length + index))
      if (!hasFeed([...repeated, ...fresh])) return
      files.push(...fresh)
      const folder = folderWith([...repeated, ...fresh])
      if (step.kind === 'deliver') await runFeeds({ input: folder, workspace })
      else await crash(workspace, folder, step.stage)
      return
    }
    case 'backfill':
      await runAgain(workspace, { rebuild: { companies: step.companies, from: step.from } })
      return
    case 'select':
      await runAgain(workspace, { rebuild: { select: [step.selector] } })
      return
    case 'refresh':
      await runAgain(workspace, { fullRefresh: true })
      return
    case 'decide':
      await decide(workspace)
      return
    case 'replay': {
      const quarantine = openQuarantine(workspace)
      await quarantine.replayAll()
      quarantine.close()
      return
    }
    case 'roll back': {
      const runs = openRuns(workspace)
      const target = (await runs.all()).find((run) => run.can_roll_back)
      if (target !== undefined) await runs.rollBack(target.run_id)
      runs.close()
    }
  }
}

test('whatever is delivered, built again, refreshed, broken off and rolled back: what is published is a full refresh of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      deliveredFile.filter(({ source }) => source !== 'enrichment'),
      fc.array(anyStep, { minLength: 2, maxLength: 7 }),
      async (first, steps) => {
        const workspace = temporaryFolder()
        const files = [named(first, 0)]
        await runFeeds({ input: folderWith(files), workspace })
        for (const step of steps) await take(workspace, step, files)
        expectOneStateEach(workspace)
        const proof = await proveWorkspace({
          projectFolder: benefits,
          workspaceFolder: workspace,
          readingThread,
          progress() {},
        })
        expect(proof.models.filter(({ is_equal }) => !is_equal)).toEqual([])
      },
    ),
    { numRuns: 30, plugins: [fc.interruptAfterTimeLimit(60_000)] },
  )
}, 600_000)
