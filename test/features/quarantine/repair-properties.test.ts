import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../../../src/main/kernel/app-error.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { fullRefresh } from '../../helpers/full-refresh.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { openQuarantine, type Quarantine } from '../../helpers/quarantine.ts'
import { sequences } from '../../helpers/sequences.ts'

// Few keys, few instants, few values: what may go wrong are collisions, ties, and decisions that meet each other.
const ein = fc.constantFrom('11-1111111', '222222222', '33-3333333', '12-34')
const stamp = fc.constantFrom('', '2022-01-02', '2022-01-02', '2022-01-03', 'soon')
const day = fc.constantFrom('2022-01-01', '2022-03-01', '2023-06-01', '2022-02-30')
const amount = fc.constantFrom('1.00', '250', '-3.00', 'x')
const domain = fc.constantFrom('a.com', 'b.com')
const claim = fc.tuple(
  fc.constantFrom('C1', 'C2', 'C3', ''),
  ein,
  day,
  amount,
  fc.constantFrom('medical', 'Denta'),
  stamp,
)
const employee = fc.tuple(
  fc.constantFrom('P1', 'P2'),
  fc.constantFrom('', 'Boss', 'Clerk'),
  domain.map((name) => `x@${name}`),
  fc.constantFrom('', '11-1111111', '12-34'),
  day,
  stamp,
)
const plan = fc.tuple(
  fc.constantFrom('', 'L1'),
  ein,
  fc.constantFrom('dental', 'Lif'),
  fc.constantFrom('uhc', 'Blue'),
  day,
  fc.constantFrom('', '2022-02-01'),
  stamp,
)

const csv = (name: string, header: string) => (rows: readonly (readonly string[])[]) => ({
  [`${name}.csv`]: `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`,
})
const rowsOf = <Row>(row: fc.Arbitrary<Row>) => fc.array(row, { minLength: 1, maxLength: 4 })
const claims = rowsOf(claim).map(csv('claims', 'claim_id,company_ein,service_date,amount,claim_type,last_updated'))
const feeds = fc.tuple(
  fc.oneof(
    { weight: 4, arbitrary: claims },
    {
      weight: 2,
      arbitrary: rowsOf(employee).map(csv('employees', 'person_id,title,email,company_ein,start_date,last_updated')),
    },
    {
      weight: 1,
      arbitrary: rowsOf(plan).map(
        csv('plans', 'plan_id,company_ein,plan_type,carrier_name,start_date,end_date,last_updated'),
      ),
    },
    { weight: 1, arbitrary: claims.map((files) => ({ 'claims.csv': `${files['claims.csv']}C4,"11-1111111,x\n` })) },
  ),
  fc.option(fc.dictionary(domain, fc.constantFrom('11-1111111', '222222222'), { minKeys: 1 }), { freq: 3 }),
  fc.nat(3),
)

const pick = fc.nat(30)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver' as const), feeds }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('redeliver' as const), pick }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('correct' as const),
      pick,
      cell: fc.oneof(
        fc.tuple(fc.constant('amount'), amount),
        fc.tuple(fc.constantFrom('claim_id', 'person_id'), fc.constantFrom('C1', 'C2', 'P1', '')),
        fc.tuple(fc.constant('company_ein'), ein),
        fc.tuple(fc.constantFrom('service_date', 'start_date'), day),
        fc.tuple(fc.constant('claim_type'), fc.constantFrom('Medical', 'Dental')),
        fc.tuple(fc.constant('last_updated'), stamp),
        fc.tuple(
          fc.constant('row'),
          fc.constantFrom(
            'C1,11-1111111,2022-01-01,7.00,Medical,',
            'C2,"',
            'C4,11-1111111,2022-01-01,7.00,Dental,2022-01-02',
          ),
        ),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('waive' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replay' as const), pick: fc.option(pick) }) },
)
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never

/** What a person asks for that cannot be done is refused and changes nothing. */
async function unlessRefused(work: unknown): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'INTERNAL') throw error
  }
}

/** The arrival numbers of all records that can be corrected: those ever held back, and those that are staged. */
async function recordsOf(workspace: string, quarantine: Quarantine): Promise<readonly number[]> {
  const { connection } = openWorkspace(workspace)
  const staged = ['claims', 'employees', 'plans'].flatMap(
    (source) =>
      connection.prepare(`SELECT arrival FROM staged_${source} WHERE to_run IS NULL`).pluck().all() as number[],
  )
  connection.close()
  return [...new Set([...(await quarantine.rows()).map(({ id }) => id), ...staged])].toSorted((a, b) => a - b)
}

async function take(made: Step, world: { workspace: string; quarantine: Quarantine; deliveries: string[] }) {
  const { workspace, quarantine, deliveries } = world
  const deliver = async (input: string) => {
    deliveries.push(input)
    await runFeeds({ input, workspace })
  }
  const rows = await quarantine.rows()
  const row = rows[('pick' in made ? (made.pick ?? 0) : 0) % Math.max(rows.length, 1)]?.id ?? 0
  switch (made.do) {
    case 'deliver':
      return deliver(inputOf(made.feeds, deliveries.length))
    case 'redeliver':
      return deliver(deliveries[made.pick % deliveries.length] ?? '')
    case 'correct': {
      const records = await recordsOf(workspace, quarantine)
      const id = records[made.pick % Math.max(records.length, 1)] ?? 0
      return unlessRefused(quarantine.correctRow(id, { [made.cell[0]]: made.cell[1] }))
    }
    case 'waive':
      return unlessRefused(
        quarantine.waive({ target: { ids: [row] }, owner: 'x', reason: 'so be it', expires_on: null }),
      )
    case 'discard':
      return unlessRefused(quarantine.discard({ target: { ids: [row] }, reason: 'no' }))
    case 'undo': {
      const { operations } = await quarantine.operations({ offset: 0, limit: 100 })
      const inForce = operations.filter(({ undone_by }) => undone_by === null)
      const operation = inForce[made.pick % Math.max(inForce.length, 1)]
      return operation && unlessRefused(quarantine.undo({ operation_id: operation.operation_id }))
    }
    case 'replay':
      return unlessRefused(made.pick === null ? quarantine.replayAll() : quarantine.replayRows([row]))
  }
}

/** Sometimes under a name that came before: then places are delivered again with another text. */
function inputOf(
  [files, lookup, name]: typeof feeds extends fc.Arbitrary<infer Made> ? Made : never,
  count: number,
): string {
  const suffix = name === 0 ? 'again' : String(count).padStart(3, '0')
  const renamed = Object.entries(files).map(([file, text]) => [file.replace('.csv', `_${suffix}.csv`), text] as const)
  return folderOf({
    ...Object.fromEntries(renamed),
    ...(lookup === null ? {} : { [`company_lookup_${suffix}.json`]: JSON.stringify(lookup) }),
  })
}

test('whatever people decide, undo, replay and have delivered again, the tables are those of a full refresh', async () => {
  await fc.assert(
    fc.asyncProperty(feeds, fc.array(step, { minLength: 3, maxLength: 14 }), async (first, steps) => {
      const workspace = temporaryFolder()
      const deliveries = [inputOf(first, 0)]
      await runFeeds({ input: deliveries[0] ?? '', workspace })
      const quarantine = openQuarantine(workspace)
      try {
        for (const made of steps) {
          await take(made, { workspace, quarantine, deliveries })
          expectOneStateEach(workspace)
        }
        await quarantine.replayAll()
        expectOneStateEach(workspace)
        expect((await quarantine.waiting({})).rows).toBe(0)
        expect(exportPublished(workspace)).toEqual(await fullRefresh(workspace, deliveries))
      } finally {
        quarantine.close()
      }
    }),
    sequences(12),
  )
})
