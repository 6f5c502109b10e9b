import { expect, test } from 'vitest'
import { runFeeds } from '../../helpers/feeds.ts'
import { goodRuns, shippingFeeds, shippingProject } from './guards-world.ts'

const orders = "{{ source('feeds', 'orders') }}"
const rates = "{{ source('feeds', 'rates') }}"
const list = 'o.order_id, r.rate_id, o.company, o.pieces * r.cents AS cents'

/** What stops a run in which the first company has 14 rates, where each order must have one row. */
async function stoppedBy(sql: string, runs = 1, key = 'order_id'): Promise<string> {
  const project = shippingProject({
    models: ['charges'],
    yaml: (text) =>
      text.replace('grain: [order_id, rate_id]', `grain: [${key}]`).replace('name: order_id', `name: ${key}`),
    sql,
  })
  const workspace = await goodRuns(project, runs)
  const run = runFeeds({ input: shippingFeeds(21, 13), workspace, project })
  return run.then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

test.each([
  [
    'a join on a column that is not of the grain',
    `SELECT ${list} FROM ${orders} AS o JOIN ${rates} AS r ON r.company = o.company`,
    'rates has 14 rows for company = K3 (1 before), which the join ON r.company = o.company multiplies',
  ],
  [
    'USING, in the other order',
    `SELECT ${list} FROM ${rates} AS r LEFT JOIN ${orders} AS o USING (company)`,
    'rates has 14 rows for company = K3 (1 before), which the join USING (company) multiplies',
  ],
  [
    'queries of WITH, beside a join that keeps the rows',
    `WITH each AS (SELECT * FROM ${orders}), prices AS (SELECT rate_id, company, cents FROM ${rates})
    SELECT ${list} FROM each AS o
    JOIN (SELECT company, count(*) AS n FROM ${orders} GROUP BY company) AS c ON c.company = o.company
    LEFT JOIN prices AS r ON r.company = o.company AND r.cents > 0`,
    'prices has 14 rows for company = K3 (1 before), which the join ON r.company = o.company AND r.cents > 0 multiplies',
  ],
  [
    'a condition that not all rows of the values fit',
    `SELECT ${list} FROM ${orders} AS o JOIN ${rates} AS r ON r.company = o.company AND r.rate_id <> o.company`,
    'rates has 14 rows for company = K3 (1 before), of which one row meets 13 by the join ON r.company = o.company AND r.rate_id <> o.company',
  ],
  [
    'a condition that says no equal values',
    `SELECT ${list} FROM ${orders} AS o JOIN ${rates} AS r ON r.company BETWEEN o.company AND o.company`,
    'the join with rates multiplies rows, 14 for one that comes in (ON r.company BETWEEN o.company AND o.company)',
  ],
])('the join that breaks the grain is named: %s', async (_, sql, cause) => {
  const message = await stoppedBy(sql)
  expect(message).toMatch(/^The model charges has 1[34] rows for the key order_id = K3-\d+: /)
  expect(message).toContain(`: ${cause}. Its grain is one row per order_id.`)
})

test('where nothing was published yet, no rows of before are told; no join is blamed that keeps its rows', async () => {
  const joined = `SELECT ${list} FROM ${orders} AS o JOIN ${rates} AS r ON r.company = o.company`
  expect(await stoppedBy(joined, 0)).toContain(
    'rates has 14 rows for company = K3, which the join ON r.company = o.company multiplies',
  )
  const one = `SELECT ${list} FROM ${orders} AS o JOIN ${rates} AS r ON r.rate_id = o.company`
  expect(await stoppedBy(`${one} UNION ALL ${one}`, 0)).toContain(
    'none of its joins gives more rows of the key than come in',
  )
})

test('where nothing that is read has a column of the grain, no cause is made up', async () => {
  const renamed = list.replace('o.order_id', 'o.order_id AS reference')
  const sql = `SELECT ${renamed} FROM ${orders} AS o JOIN ${rates} AS r ON r.company = o.company`
  expect(await stoppedBy(sql, 0, 'reference')).toContain(
    'its inputs do not tell which part of its SELECT multiplies rows',
  )
})
