import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import {
  benefits,
  exportPublished,
  folderOf,
  readTables,
  repository,
  runFeeds,
  temporaryFolder,
} from '../../helpers/feeds.ts'
import { sequences } from '../../helpers/sequences.ts'

const project = join(repository, 'test/fixtures/held-project')

interface Sale {
  readonly shop: string
  readonly item: string
  readonly pieces: number
}
type Sales = ReadonlyMap<string, Sale>

const header = 'sale_id,shop,item,pieces,updated'

function feedOf(sales: Sales, day: number): string {
  const updated = `2022-01-${String(day).padStart(2, '0')}`
  const lines = [...sales].map(([id, { shop, item, pieces }]) => [id, shop, item, pieces, updated].join(','))
  return folderOf({ 'sales.csv': `${[header, ...lines].join('\n')}\n` })
}

/** What readers see, as CSV text by model. */
const published = (workspace: string) => exportPublished(workspace, project)

function heldIn(workspace: string, runId: number): readonly string[] {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspace, create: false })
  try {
    return workbench.connection
      .prepare('SELECT DISTINCT value FROM assay_run_blocked WHERE run_id = ? ORDER BY value')
      .pluck()
      .all(runId) as string[]
  } finally {
    workbench.close()
  }
}

/** How many rows of each model readers see, counted in what they get. */
function rowsSeen(tables: Record<string, string>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, text]) => [name.replace('.csv', ''), text.trimEnd().split('\n').length - 1]),
  )
}

async function fromScratch(sales: Sales): Promise<Record<string, string>> {
  const workspace = temporaryFolder()
  await runFeeds({ input: feedOf(sales, 1), workspace, project })
  return published(workspace)
}

const good: Sales = new Map(
  Array.from({ length: 12 }, (_, index) => [
    String(index),
    { shop: `s${index % 4}`, item: ['pen', 'ink', 'pad'][index % 3] ?? '', pieces: index + 1 },
  ]),
)

/** The shops to be held, and what readers then see: worked out row by row. */
function expectedView(seen: Sales, living: Sales): { readonly held: ReadonlySet<string>; readonly view: Sales } {
  const held = new Set([...living.values()].filter(({ pieces }) => pieces > 100).map(({ shop }) => shop))
  for (let size = -1; size !== held.size;) {
    size = held.size
    for (const [id, { shop }] of seen) {
      const now = living.get(id)?.shop ?? shop
      if (now !== shop && (held.has(now) || held.has(shop))) held.add(now).add(shop)
    }
  }
  const kept = [...seen].filter(([, { shop }]) => held.has(shop))
  return { held, view: new Map([...[...living].filter(([, { shop }]) => !held.has(shop)), ...kept]) }
}

const sale = fc.record({
  shop: fc.constantFrom('s0', 's1', 's2', 's3', 'new'),
  item: fc.constantFrom('pen', 'ink', 'cap'),
  pieces: fc.constantFrom(1, 7, 50, 100, 101, 9_000),
})
const delivery = fc
  .array(fc.tuple(fc.constantFrom('0', '1', '2', '3', '20', '21', '22'), sale), { minLength: 1, maxLength: 3 })
  .map((rows): Sales => new Map(rows))

describe('a check that blocks shops', () => {
  test('holds back the shop whose feed is broken, publishes the others, and publishes it once it is mended', async () => {
    const workspace = temporaryFolder()
    await runFeeds({ input: feedOf(good, 1), workspace, project })
    const broken: Sales = new Map([
      ['20', { shop: 's1', item: 'pen', pieces: 6_000 }],
      ['21', { shop: 's2', item: 'pen', pieces: 3 }],
    ])
    const run = await runFeeds({ input: feedOf(broken, 2), workspace, project })
    expect(run.status).toBe('published')
    expect(run.checks.find(({ name }) => name === 'sold.pieces.between')).toMatchObject({ status: 'fail', failures: 1 })
    expect(heldIn(workspace, run.run_id)).toEqual(['s1'])
    const others: Sales = new Map([...good, ...[...broken].slice(1)])
    expect(published(workspace)).toEqual(await fromScratch(others))

    const mended: Sales = new Map([['20', { shop: 's1', item: 'pen', pieces: 5 }]])
    const next = await runFeeds({ input: feedOf(mended, 3), workspace, project })
    expect(heldIn(workspace, next.run_id)).toEqual([])
    expect(published(workspace)).toEqual(await fromScratch(new Map([...others, ...mended])))
  })

  test('exports what readers see, and stays held while nothing is delivered', async () => {
    const workspace = temporaryFolder()
    const broken: Sales = new Map([...good, ['20', { shop: 's1', item: 'pen', pieces: 101 }]])
    const exports = temporaryFolder()
    const first = await runFeeds({ input: feedOf(broken, 1), workspace, project, exports })
    expect(heldIn(workspace, first.run_id)).toEqual(['s1'])
    const others: Sales = new Map([...good].filter(([, { shop }]) => shop !== 's1'))
    expect(readTables(exports)).toEqual(await fromScratch(others))
    const second = await runFeeds({ input: folderOf({ 'other.csv': 'nothing\n' }), workspace, project, exports }).catch(
      () => runFeeds({ input: feedOf(broken, 1), workspace, project, exports }),
    )
    expect(heldIn(workspace, second.run_id)).toEqual(['s1'])
    expect(readTables(exports)).toEqual(await fromScratch(others))
  })

  test('any deliveries: readers see held shops as they were, all others as a full refresh gives them', async () => {
    let timesHeld = 0
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 4 }), async (deliveries) => {
        const workspace = temporaryFolder()
        await runFeeds({ input: feedOf(good, 1), workspace, project })
        let living = good
        let seen = good
        let rowsBefore = rowsSeen(published(workspace))
        for (const [index, rows] of deliveries.entries()) {
          const run = await runFeeds({ input: feedOf(rows, index + 2), workspace, project })
          living = new Map([...living, ...rows])
          const { held, view } = expectedView(seen, living)
          seen = view
          timesHeld += held.size > 0 ? 1 : 0
          expect(heldIn(workspace, run.run_id)).toEqual([...held].toSorted())
          expect(published(workspace)).toEqual(await fromScratch(view))
          const seenNow = rowsSeen(published(workspace))
          expect(Object.fromEntries(run.models.map((model) => [model.name, model.rows]))).toEqual(seenNow)
          expect(Object.fromEntries(run.models.map((model) => [model.name, model.previous_rows]))).toEqual(rowsBefore)
          expect(run.held_parts).toBe(held.size)
          rowsBefore = seenNow
        }
        const mended: Sales = new Map(
          [...living].map(([id, one]) => [id, { ...one, pieces: Math.min(one.pieces, 100) }]),
        )
        await runFeeds({ input: feedOf(mended, 20), workspace, project })
        expect(published(workspace)).toEqual(await fromScratch(mended))
      }),
      {
        ...sequences(6),
        examples: [
          // A row moves out of a shop that is held: the shop that it moves to has to wait with it.
          [
            [
              new Map([
                ['1', { shop: 's2', item: 'pen', pieces: 4 }],
                ['5', { shop: 's1', item: 'pen', pieces: 900 }],
              ]),
              new Map([['2', { shop: 's0', item: 'ink', pieces: 2 }]]),
            ],
          ],
        ],
      },
    )
    expect(timesHeld).toBeGreaterThan(1)
  })
})

/** The built-in project with one more check: no claim of more than a thousand, company by company. */
function strictBenefits(): string {
  const folder = join(temporaryFolder(), 'benefits')
  cpSync(benefits, folder, { recursive: true })
  const path = join(folder, 'models/staging/models.yml')
  const limit = '{ between: { max: 1000, config: { per: company_ein } } }'
  const text = readFileSync(path, 'utf8').replace(
    /(name: amount\n.*\n.*\n\s+data_tests: \[not_null)\]/,
    `$1, ${limit}]`,
  )
  writeFileSync(path, text)
  return folder
}

test('in the built-in project a company with claims that cannot be is held back, and comes with the mended claims', async () => {
  const strict = strictBenefits()
  const columns = 'claim_id,company_ein,service_date,amount,claim_type,last_updated'
  const claim = (id: string, ein: string, day: string, amount: string, updated: string) =>
    [id, ein, day, amount, 'Dental', updated].join(',')
  const amounts = ['5', '6', '7', '8', '9', '10', '11', '12', '13']
  const first = {
    'claims_1.csv': [
      columns,
      ...amounts.flatMap((amount, index) => [
        claim(`A${index}`, '11-1111111', `2022-0${index + 1}-01`, amount, '2022-12-01'),
        claim(`B${index}`, '22-2222222', `2022-0${index + 1}-02`, amount, '2022-12-01'),
      ]),
    ].join('\n'),
    'plans_1.csv': `company_ein,plan_type,carrier_name,start_date,end_date\n11-1111111,Dental,Aetna,2022-01-01,\n`,
  }
  const fine = [
    columns,
    claim('B20', '22-2222222', '2022-10-01', '900', '2022-12-02'),
    claim('B3', '22-2222222', '2022-04-02', '40', '2022-12-02'),
  ]
  const broken = [
    claim('A20', '11-1111111', '2022-10-01', '900000', '2022-12-02'),
    claim('A3', '11-1111111', '2022-04-01', '400000', '2022-12-02'),
  ]
  const mended = [
    columns,
    claim('A20', '11-1111111', '2022-10-01', '9.00', '2022-12-03'),
    claim('A3', '11-1111111', '2022-04-01', '4.00', '2022-12-03'),
  ]
  const second = { 'claims_2.csv': [...fine, ...broken].join('\n') }
  const third = { 'claims_3.csv': mended.join('\n') }
  const deliver = async (workspace: string, feeds: Record<string, string>) =>
    runFeeds({ input: folderOf(feeds), workspace, project: strict })

  const workspace = temporaryFolder()
  await deliver(workspace, first)
  const run = await deliver(workspace, second)
  expect(run.status).toBe('published')
  const without = temporaryFolder()
  await deliver(without, first)
  await deliver(without, { 'claims_2.csv': fine.join('\n') })
  expect(exportPublished(workspace)).toEqual(exportPublished(without))

  expect((await deliver(workspace, third)).status).toBe('published')
  const refreshed = temporaryFolder()
  await deliver(refreshed, { ...first, ...second, ...third })
  expect(exportPublished(workspace)).toEqual(exportPublished(refreshed))
})
