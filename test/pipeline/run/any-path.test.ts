import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../../../src/main/kernel/app-error.ts'
import { proveWorkspace } from '../../../src/main/pipeline/run/diagnose/prove-workspace.ts'
import type { RunStage } from '../../../src/main/pipeline/run/run-progress.ts'
import { publishedRunOf } from '../../../src/main/pipeline/run/publish/published-runs.ts'
import type { RunRequest } from '../../../src/main/pipeline/run/run-request.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { crash, kill, resume, runSilently } from '../../helpers/broken-off.ts'
import { deliveredFile, folderWith, hasFeed, named, type NamedFile } from '../../helpers/deliveries.ts'
import { benefits, exportPublished, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { feedsRequest } from '../../helpers/killed-run.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'
import { runAgain } from '../../helpers/run-again.ts'
import { sequences } from '../../helpers/sequences.ts'

const jobThread = new URL('../../../src/main/hosts/engine/job-thread.ts', import.meta.url)

/** A run that is broken off; some come to their end all the same. */
type BrokenOff =
  | {
      readonly kind: 'crash'
      readonly added: readonly { source: string; content: string }[]
      readonly again: number
      readonly stage: RunStage
    }
  | {
      readonly kind: 'kill'
      readonly what: 'deliver' | 'refresh' | 'replay' | 'select'
      readonly added: readonly { source: string; content: string }[]
      readonly again: number
      /** Before which of its statements kill -9 ends the run. */
      readonly at: number
      readonly isCancelled: boolean
      /** Something is decided before. */
      readonly isDecided: boolean
      /** Resumed, it is killed again before these statements, and comes to its end then; null where it is left. */
      readonly resumed: readonly number[] | null
    }

type Step =
  | BrokenOff
  | {
      readonly kind: 'deliver'
      readonly added: readonly { source: string; content: string }[]
      readonly again: number
    }
  | { readonly kind: 'backfill'; readonly companies: readonly string[]; readonly from: string | null }
  | { readonly kind: 'select'; readonly selector: string }
  | { readonly kind: 'refresh' | 'decide' | 'replay' }
  /** `by`: how many published runs. */
  | { readonly kind: 'roll back' | 'roll forward'; readonly by: number }
  /** Back, a run or two from there that are broken off, and forth again if none of them was published. */
  | {
      readonly kind: 'back and forth'
      readonly by: number
      readonly meanwhile: readonly BrokenOff[]
      readonly forth: number
    }

const delivery = {
  added: fc.array(deliveredFile, { minLength: 1, maxLength: 3 }),
  again: fc.constantFrom(0, 0, 2, 6),
  stage: fc.constantFrom<RunStage>('reading', 'modelling', 'checking', 'publishing'),
}

/** A run of these feeds has about so many statements; one that has fewer comes to its end. */
const statement = fc.oneof(fc.integer({ min: 60, max: 300 }), fc.integer({ min: 30, max: 800 }))

const crashed = fc.record({ kind: fc.constant('crash' as const), ...delivery })
const killed = fc.record({
  kind: fc.constant('kill' as const),
  what: fc.constantFrom<'deliver' | 'refresh' | 'replay' | 'select'>(
    'deliver',
    'deliver',
    'refresh',
    'replay',
    'select',
  ),
  added: delivery.added,
  again: delivery.again,
  at: statement,
  isCancelled: fc.boolean(),
  isDecided: fc.boolean(),
  resumed: fc.option(fc.array(statement, { maxLength: 1 }), { freq: 4 }),
})
const by = fc.integer({ min: 1, max: 3 })

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deliver' as const), ...delivery }) },
  crashed,
  { weight: 4, arbitrary: killed },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('back and forth' as const),
      by,
      meanwhile: fc.array(fc.oneof({ weight: 2, arbitrary: crashed }, killed), { minLength: 1, maxLength: 2 }),
      forth: by,
    }),
  },
  fc.record({ kind: fc.constantFrom('roll back' as const, 'roll forward' as const), by }),
  fc.record({
    kind: fc.constant('backfill' as const),
    companies: fc.subarray(['11-1111111', '222222222']),
    from: fc.constantFrom(null, '2022-01-10'),
  }),
  fc.record({
    kind: fc.constant('select' as const),
    selector: fc.constantFrom('stg_claims+', '+mart_cost_spikes', 'int_company_enriched+', 'fct_employee_roster'),
  }),
  fc.record({ kind: fc.constantFrom('refresh' as const, 'decide' as const, 'replay' as const) }),
)

/** A request to read some files that were not there before, and some again; null where there is nothing for a run among them. */
function delivered(
  workspace: string,
  { added, again: repeats }: Pick<Extract<Step, { kind: 'deliver' }>, 'added' | 'again'>,
  files: NamedFile[],
): RunRequest | null {
  const repeated = repeats === 0 ? [] : files.slice(-repeats)
  const fresh = added.map((file, index) => named(file, files.length + index))
  if (!hasFeed([...repeated, ...fresh])) return null
  files.push(...fresh)
  return feedsRequest({ input: folderWith([...repeated, ...fresh]), workspace })
}

/** What runs ask for that read no new feeds. */
const again = {
  refresh: { asOf: null, fullRefresh: true },
  replay: { kind: 'replay', asOf: null },
  select: {
    kind: 'replay',
    asOf: null,
    records: [],
    rebuild: { select: ['stg_claims+'], companies: [], from: null, to: null },
  },
} as const satisfies Record<string, Partial<RunRequest>>

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
    case 'kill': {
      if (step.isDecided) await decide(workspace)
      const request =
        step.what === 'deliver'
          ? delivered(workspace, step, files)
          : { ...feedsRequest({ input: '', workspace }), ...again[step.what] }
      if (request === null) return
      await kill(workspace, request, step.at, step.isCancelled)
      for (const at of step.resumed ?? []) await resume(workspace, at)
      if (step.resumed !== null) await resume(workspace, null)
      return
    }
    case 'deliver':
    case 'crash': {
      const request = delivered(workspace, step, files)
      if (request === null) return
      if (step.kind === 'crash') await crash(request, step.stage)
      else await runSilently(request)
      return
    }
    case 'backfill':
      await backfill(workspace, step)
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
    case 'roll back':
    case 'roll forward':
      await roll(workspace, step.kind === 'roll back' ? -step.by : step.by)
      return
    case 'back and forth':
      await roll(workspace, -step.by)
      for (const run of step.meanwhile) await take(workspace, run, files)
      await roll(workspace, step.forth)
  }
}

/** Gives readers the published run that is so many before the one they see, or behind it, as far as there are some. */
/** Of a company that no row is of there is nothing to build, which is said; nothing comes of it. */
async function backfill(workspace: string, { companies, from }: Extract<Step, { kind: 'backfill' }>): Promise<void> {
  try {
    await runAgain(workspace, { rebuild: { companies, from } })
  } catch (error) {
    if (!(error instanceof AppError) || error.place.field !== 'companies') throw error
  }
}

async function roll(workspace: string, runsAhead: number): Promise<void> {
  const runs = openRuns(workspace)
  const published = (await runs.all()).filter((run) => run.is_current || run.can_roll_back).toReversed()
  const current = published.findIndex((run) => run.is_current)
  const target = published[Math.min(Math.max(current + runsAhead, 0), published.length - 1)]
  if (target !== undefined) await runs.rollBack(target.run_id)
  runs.close()
}

/** Notes what readers see of the run that they are given; a run that they were given before must be as it was. */
function expectAsBefore(workspace: string, seen: Map<number, Record<string, string>>): void {
  const { connection } = openWorkspace(workspace)
  const run = publishedRunOf(connection)
  connection.close()
  const tables = exportPublished(workspace)
  expect(tables, `run ${run}`).toEqual(seen.get(run) ?? tables)
  seen.set(run, tables)
}

test('whatever is delivered, built again, refreshed, killed, resumed, rolled back and forward: what is published is a full refresh of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      deliveredFile.filter(({ source }) => source !== 'enrichment'),
      fc.array(anyStep, { minLength: 2, maxLength: 7 }),
      async (first, steps) => {
        const workspace = temporaryFolder()
        const files = [named(first, 0)]
        await runFeeds({ input: folderWith(files), workspace })
        const seen = new Map<number, Record<string, string>>()
        expectAsBefore(workspace, seen)
        for (const step of steps) {
          await take(workspace, step, files)
          expectAsBefore(workspace, seen)
        }
        expectOneStateEach(workspace)
        const proof = await proveWorkspace({
          projectFolder: benefits,
          workspaceFolder: workspace,
          jobThread,
          progress() {},
        })
        expect(proof.models.filter(({ is_equal }) => !is_equal)).toEqual([])
      },
    ),
    sequences(10),
  )
})
