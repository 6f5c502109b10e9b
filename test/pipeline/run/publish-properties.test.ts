import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../../../src/main/kernel/app-error.ts'
import { dumpWorkspace } from '../../helpers/dump-workspace.ts'
import { exportPublished, folderOf, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { fullRefresh } from '../../helpers/full-refresh.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'
import { strictProject } from '../../helpers/strict-project.ts'
import { sequences } from '../../helpers/sequences.ts'

// Few keys and values, so that rows of one run meet those of another; one amount in six blocks the run.
const amount = fc.constantFrom('1.00', '250', '3.00', 'x', '-2.00', '5000.00')
const stamp = fc.constantFrom('', '2022-01-02', '2022-01-03')
const domain = fc.constantFrom('a.com', 'b.com')
const claim = fc.tuple(
  fc.constantFrom('C1', 'C2', 'C3', 'C9', ''),
  fc.constantFrom('11-1111111', '222222222', '12-34'),
  fc.constantFrom('2022-01-01', '2022-03-01', '2023-06-01'),
  amount,
  fc.constantFrom('medical', 'Denta'),
  stamp,
)
const employee = fc.tuple(
  fc.constantFrom('P1', 'P2'),
  fc.constantFrom('', 'Boss'),
  domain.map((name) => `x@${name}`),
  fc.constantFrom('', '11-1111111'),
  fc.constantFrom('2022-01-01', '2022-02-30'),
  stamp,
)
const table = (header: string, rows: readonly (readonly string[])[]) =>
  `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`
const feeds = fc.record({
  claims: fc.array(claim, { minLength: 1, maxLength: 4 }),
  employees: fc.option(fc.array(employee, { minLength: 1, maxLength: 3 })),
  lookup: fc.option(fc.dictionary(domain, fc.constantFrom('11-1111111', '222222222'), { minKeys: 1 })),
  answers: fc.option(fc.dictionary(domain, fc.constantFrom('Mining', 'Fishing'), { minKeys: 1 })),
})
type Feeds = typeof feeds extends fc.Arbitrary<infer Made> ? Made : never

function folderWith({ claims, employees, lookup, answers }: Feeds, name: string): string {
  const answered = Object.entries(answers ?? {}).map(([key, industry]) => [
    key,
    { industry, revenue: null, headcount: null },
  ])
  return folderOf({
    [`claims_${name}.csv`]: table('claim_id,company_ein,service_date,amount,claim_type,last_updated', claims),
    ...(employees && {
      [`employees_${name}.csv`]: table('person_id,title,email,company_ein,start_date,last_updated', employees),
    }),
    ...(lookup && { [`company_lookup_${name}.json`]: JSON.stringify(lookup) }),
    ...(answers && { [`enrichment_${name}.json`]: JSON.stringify(Object.fromEntries(answered)) }),
  })
}

const pick = fc.nat(30)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), feeds }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('correct' as const), pick, amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replay' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('go to' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('inspect' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard' as const), pick }) },
)
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never

/** What the workspace is to hold, kept beside it in the simplest way. */
interface Expected {
  published: number
  /** By number the runs that readers can be given, and what they see then. */
  readonly runs: Map<number, { readonly deliveries: readonly string[]; readonly tables: Record<string, string> }>
  /** By number the runs that were blocked since a run was published last: what they were built on and of, and all that was kept then. */
  readonly candidates: Map<
    number,
    { readonly builtOn: number; readonly deliveries: readonly string[]; readonly kept: unknown }
  >
  /** The one of them that is not set aside. */
  inPlace: number | null
}

function createWorld(workspace: string, project: string) {
  const expected: Expected = { published: 0, runs: new Map(), candidates: new Map(), inPlace: null }
  const quarantine = openQuarantine(workspace, project)
  const runs = openRuns(workspace, project)
  const deliveriesOf = (run: number) => expected.runs.get(run)?.deliveries ?? []

  function ended(run: number, deliveries: readonly string[]): void {
    const { status } = runOf(workspace, run)
    if (status === 'published') return publish(run, deliveries)
    expected.candidates.set(run, { builtOn: expected.published, deliveries, kept: keptNow() })
    expected.inPlace = run
  }

  /** What waits hangs on what was decided since. */
  function keptNow() {
    const { assay_waiting: _, ...kept } = dumpWorkspace(workspace)
    return kept
  }

  function publish(run: number, deliveries: readonly string[]): void {
    expected.candidates.clear()
    expected.inPlace = null
    for (const other of expected.runs.keys()) if (other > expected.published) expected.runs.delete(other)
    expected.published = run
    expected.runs.set(run, { deliveries, tables: exportPublished(workspace) })
  }

  async function take(made: Step): Promise<void> {
    const { published, candidates } = expected
    switch (made.do) {
      case 'deliver': {
        const input = folderWith(
          made.feeds,
          String(runs.workbench.connection.prepare('SELECT count(*) FROM assay_run').pluck().get()),
        )
        const { run_id } = await runFeeds({ input, workspace, project })
        return ended(run_id, [...deliveriesOf(published), input])
      }
      case 'correct': {
        const rows = await quarantine.rows()
        const row = rows[made.pick % Math.max(rows.length, 1)]
        if (row === undefined) return
        try {
          await quarantine.correctRow(row.id, { amount: made.amount })
        } catch (error) {
          if (!(error instanceof AppError) || error.code === 'INTERNAL') throw error
        }
        return
      }
      case 'replay': {
        if (published === 0) return
        const { run_id } = await quarantine.replayAll()
        return ended(run_id, deliveriesOf(published))
      }
      case 'go to': {
        const targets = [...expected.runs.keys()].toSorted((a, b) => b - a)
        const target = targets[made.pick % Math.max(targets.length, 1)]
        if (target === undefined) return
        expect(await runs.rollBack(target)).toEqual({ run_id: target, previous_run: published })
        expected.published = target
        // The runs after the one that it was built on were set aside when it started; for them it is set aside.
        if (target > (candidates.get(expected.inPlace ?? 0)?.builtOn ?? target)) expected.inPlace = null
        return
      }
      case 'inspect':
      case 'release':
      case 'discard': {
        const [run, candidate] = [...candidates][made.pick % Math.max(candidates.size, 1)] ?? []
        if (run === undefined || candidate === undefined) return
        if (candidate.builtOn !== published) return expect(runs[made.do](run)).rejects.toThrow('no candidate')
        await runs[made.do](run)
        if (made.do === 'release') return publish(run, candidate.deliveries)
        if (made.do === 'inspect') {
          expected.inPlace = run
          expect(keptNow()).toEqual(candidate.kept)
          return
        }
        candidates.delete(run)
        if (expected.inPlace === run) expected.inPlace = null
      }
    }
  }

  async function verify(): Promise<void> {
    expectOneStateEach(workspace)
    const { published, candidates, inPlace } = expected
    const all = await runs.all()
    expect(all.find((run) => run.is_current)?.run_id ?? 0).toBe(published)
    expect(
      all
        .filter((run) => run.can_roll_back || run.is_current)
        .map((run) => run.run_id)
        .toSorted((a, b) => a - b),
    ).toEqual([...expected.runs.keys()].toSorted((a, b) => a - b))
    const ready = [...candidates].filter(([, { builtOn }]) => builtOn === published).map(([run]) => run)
    expect(all.filter((run) => run.is_candidate).map((run) => run.run_id)).toEqual(
      ready.filter((run) => run === inPlace),
    )
    expect(all.filter((run) => run.can_bring_back).map((run) => run.run_id)).toEqual(
      ready.filter((run) => run !== inPlace).toReversed(),
    )
    if (published > 0) expect(exportPublished(workspace)).toEqual(expected.runs.get(published)?.tables)
  }

  return { expected, take, verify, deliveries: () => deliveriesOf(expected.published) }
}

test('whatever is published, blocked, set aside, brought back, released, rolled back and forth: readers see a run as it was published, and go on from it', async () => {
  const project = strictProject()
  await fc.assert(
    fc.asyncProperty(feeds, fc.array(step, { minLength: 4, maxLength: 9 }), async (first, steps) => {
      const workspace = temporaryFolder()
      const input = folderWith(
        { ...first, claims: [['C9', '11-1111111', '2022-01-01', '1.00', 'medical', '']] },
        'first',
      )
      await runFeeds({ input, workspace, project })
      const world = createWorld(workspace, project)
      world.expected.published = 1
      world.expected.runs.set(1, { deliveries: [input], tables: exportPublished(workspace) })
      for (const made of steps) {
        await world.take(made)
        await world.verify()
      }
      const quarantine = openQuarantine(workspace)
      const waiting = await quarantine.rows()
      await quarantine.replayAll()
      expect((await quarantine.waiting({})).rows).toBe(0)
      const rows = await quarantine.rows()
      const known = new Set(waiting.map(({ id }) => id))
      expect(rows.filter(({ id }) => known.has(id)).map(({ id, state }) => ({ id, state }))).toEqual(
        waiting.map(({ id, state }) => ({ id, state: state === 'corrected' ? 'released' : state })),
      )
      // A correction is of a key: a staged row with that key is changed by it too, and listed from then on.
      for (const row of rows.filter(({ id }) => !known.has(id))) {
        expect(row).toMatchObject({ state: 'released', reasons: [] })
        expect(row.corrections).not.toEqual([])
      }
      expect(exportPublished(workspace)).toEqual(await fullRefresh(workspace, world.deliveries()))
      quarantine.close()
    }),
    sequences(8),
  )
})
