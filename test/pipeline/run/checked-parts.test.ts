import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import type { Connection } from '../../../src/main/store/database.ts'
import { folderOf, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { sequences } from '../../helpers/sequences.ts'

const project = join(repository, 'test/fixtures/parts-project')
const tables = ['open_shops', 'best_of_item', 'shop_totals', 'most_sold', 'shop_items']

const shop = fc.constantFrom('', 's1', 's2', 's3', 's4', 'away')
const sale = fc.tuple(
  fc.constantFrom('1', '2', '3', '20', '21'),
  shop,
  fc.constantFrom('pen', 'ink', 'cap', 'rug'),
  fc.constantFrom('', '0', '4', '50'),
  fc.constantFrom('', 'n3', 'n4', 'new'),
)
const sales = fc.array(sale, { minLength: 1, maxLength: 3 })
const shops = fc.array(fc.tuple(fc.constantFrom('s1', 's2', 'away'), fc.constantFrom('yes', 'no')), {
  minLength: 1,
  maxLength: 2,
})
const delivery = fc.oneof(
  sales.map((rows) => ({ sales: rows })),
  shops.map((rows) => ({ shops: rows })),
)

const base = {
  sales: Array.from({ length: 20 }, (_, index) => [
    String(index),
    `s${index % 10}`,
    ['pen', 'ink', 'pad', 'cap'][index % 4] ?? '',
    '3',
    `n${index}`,
  ]),
  shops: Array.from({ length: 10 }, (_, index) => [`s${index}`, 'yes']),
}
const headers = { sales: 'sale_id,shop,item,pieces,note,updated', shops: 'shop,is_open,updated' }

/** A folder with one file of a feed; every delivery is newer than those before. */
function delivered(day: number, rows: { readonly [feed in keyof typeof headers]?: readonly (readonly string[])[] }) {
  const updated = `2022-01-${String(day).padStart(2, '0')}`
  const files = Object.entries(rows).map(([feed, lines]): [string, string] => [
    `${feed}_${day}.csv`,
    `${headers[feed as keyof typeof headers]}\n${lines.map((cells) => [...cells, updated].join(',')).join('\n')}\n`,
  ])
  return folderOf(Object.fromEntries(files))
}

function inWorkspace<Result>(workspace: string, work: (connection: Connection) => Result): Result {
  const { connection } = openWorkspace(workspace)
  try {
    return work(connection)
  } finally {
    connection.close()
  }
}

/** What a run recorded of its models and checks, failing rows included. */
function recorded(workspace: string, runId: number) {
  return inWorkspace(workspace, (connection) => ({
    rows: connection.prepare('SELECT model, rows FROM assay_run_model WHERE run_id = ? ORDER BY model').all(runId),
    checks: connection
      .prepare('SELECT position, name, status, failures FROM assay_run_check WHERE run_id = ? ORDER BY position')
      .all(runId),
    failures: connection
      .prepare('SELECT name, row FROM assay_check_failure WHERE run_id = ? ORDER BY name, row')
      .all(runId),
  }))
}

test('a run that builds and checks parts records what a run of the whole does, and leaves it nothing to change', async () => {
  const partly = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 4 }), async (deliveries) => {
      const workspace = temporaryFolder()
      await runFeeds({ input: delivered(1, base), workspace, project })
      for (const [index, rows] of deliveries.entries()) {
        const input = delivered(index + 2, rows)
        const { run_id: runId } = await runFeeds({
          input,
          workspace,
          project,
          onModels: (models) => models.forEach(({ name, parts }) => parts !== undefined && partly.add(name)),
        })
        const inParts = recorded(workspace, runId)
        inWorkspace(workspace, (connection) => connection.exec("UPDATE assay_run_model SET fingerprint = ''"))
        const whole = await runFeeds({ input, workspace, project })
        expect(recorded(workspace, whole.run_id)).toEqual(inParts)
        const changed = inWorkspace(workspace, (connection) =>
          tables.filter(
            (table) =>
              connection
                .prepare(`SELECT 1 FROM ${table} WHERE from_run = ? OR to_run = ?`)
                .get(whole.run_id, whole.run_id) !== undefined,
          ),
        )
        expect(changed).toEqual([])
      }
    }),
    {
      ...sequences(12),
      // One that every model is built in parts for.
      examples: [[[{ sales: [['20', 's1', 'pen', '0', 'new']] }, { shops: [['s1', 'no']] }]]],
    },
  )
  expect([...partly].toSorted()).toEqual([
    'best_of_item',
    'busy_shops',
    'most_sold',
    'open_items',
    'open_shops',
    'plain_sales',
    'shop_items',
    'shop_totals',
    'sold',
  ])
})
