import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { modelsMethods } from '../../../src/main/features/models/protocol.ts'
import { parseDate } from '../../../src/main/pipeline/contract/parse-date.ts'
import type { OutputOf } from '../../../src/main/protocol/method.ts'
import { folderOf, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { openLineage, type LineageWorld } from './lineage-world.ts'

const day = 86_400_000

async function worldOf(input: string): Promise<LineageWorld> {
  const workspace = temporaryFolder()
  await runFeeds({ input, workspace })
  return openLineage(workspace)
}

function touched(world: LineageWorld, id: number) {
  return world.models.touched({ id }) as OutputOf<typeof modelsMethods.touched>
}

function quarantined(world: LineageWorld, source: string) {
  return world.workbench.connection
    .prepare('SELECT arrival, cells FROM assay_record WHERE source = ? ORDER BY arrival')
    .all(source) as { arrival: number; cells: string | null }[]
}

test('every quarantined claim touches the windows that its day lies in or 90 days before, or all of its company', async () => {
  const world = await worldOf(join(repository, 'test/fixtures/messy/input'))
  const windows = world.rows('fct_claims_rolling_90d')
  const seen = { exact: 0, company: 0, none: 0 }
  for (const { arrival, cells } of quarantined(world, 'claims')) {
    const { models, reason } = touched(world, arrival)
    const record = JSON.parse(cells ?? '{}') as Record<string, string | null>
    const ein = record['company_ein']?.trim().replace(/^(\d\d)-?(\d{7})$/, '$1-$2')
    const date = parseDate(record['service_date']?.trim() ?? '')
    const expected = windows.filter(({ cells: window }) => {
      if (window['company_ein'] !== ein) return false
      const age = date === undefined ? 0 : Date.parse(String(window['window_end'])) / day - date
      return age >= 0 && age <= 179
    })
    const fact = models.find(({ model }) => model === 'fct_claims_rolling_90d')
    expect(fact?.total ?? 0, `record ${arrival}`).toBe(expected.length)
    if (fact === undefined) seen.none += 1
    else {
      expect(fact.is_exact).toBe(date !== undefined)
      expect(fact.rows).toHaveLength(Math.min(20, fact.total))
      seen[fact.is_exact ? 'exact' : 'company'] += 1
    }
    expect(reason === null).toBe(models.length > 0)
  }
  expect(Math.min(seen.exact, seen.company, seen.none), JSON.stringify(seen)).toBeGreaterThan(0)
  world.workbench.close()
})

test('what a record touches goes on from fact to mart, and is told in words where it is nothing', async () => {
  const claims = Array.from(
    { length: 40 },
    (_, index) => `C${index},11-1111111,2022-06-${String(1 + (index % 28)).padStart(2, '0')},500,Dental`,
  )
  const world = await worldOf(
    folderOf({
      'claims.csv': `claim_id,company_ein,service_date,amount,claim_type
OLD,11-1111111,2022-03-01,1.00,Dental
${claims.join('\n')}
BAD,11-1111111,2022-06-05,much,Dental
UNKNOWN,88-8888888,2022-06-05,much,Dental
NOBODY,,2022-06-05,5.00,Dental
"broken
`,
      'company_lookup.json': '{"one.com": "11-1111111"}',
    }),
  )
  const [bad, unknown, nobody, broken] = quarantined(world, 'claims').map(({ arrival }) => touched(world, arrival))
  expect(bad?.models.map(({ model, total, is_exact: isExact }) => [model, total, isExact])).toEqual([
    ['fct_claims_rolling_90d', 24, true],
    ['mart_cost_spikes', 24, true],
  ])
  expect(bad?.reason).toBeNull()
  expect(unknown).toEqual({ models: [], reason: 'No published row has its company, its day or its key.' })
  expect(nobody).toEqual({
    models: [],
    reason: 'company_ein is missing or broken, so it belongs to no published row.',
  })
  expect(broken?.models).toEqual([])
  expect(broken?.reason).toContain('cannot be parsed')
  expect(() => touched(world, 999)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  world.workbench.close()
})
