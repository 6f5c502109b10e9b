import { expect, test } from 'vitest'
import { exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'

const lookup = JSON.stringify({ 'a.com': '11-1111111', 'b.com': '22-2222222', 'c.com': '33-3333333' })
const answer = (industry: string) => ({ industry, revenue: null, headcount: '5' })

/** By company what the enrichment says of it: its industry, and how that was found. */
async function enrichedBy(
  answers: Readonly<Record<string, string>>,
  workspace = temporaryFolder(),
): Promise<Record<string, string>> {
  const { status } = await runFeeds({ input: folderOf({ 'company_lookup.json': lookup, ...answers }), workspace })
  expect(status).toBe('published')
  const [header = '', ...rows] = (exportPublished(workspace)['int_company_enriched.csv'] ?? '').trim().split('\n')
  const at = (name: string) => header.split(',').indexOf(name)
  return Object.fromEntries(
    rows.map((row) => {
      const cells = row.split(',')
      return [cells[at('primary_domain')] ?? '', `${cells[at('industry')]} ${cells[at('enrichment_status')]}`.trim()]
    }),
  )
}

test.each([
  ['that is no JSON', '{bad'],
  ['that is empty', ''],
  ['that is a list', '[]'],
])('a file of answers %s fails no run: what no other file answers is failed', async (_, broken) => {
  const good = JSON.stringify({ 'a.com': answer('Mining') })
  expect(await enrichedBy({ 'enrichment.json': broken, 'enrichment_2.json': good })).toEqual({
    'a.com': 'Mining enriched',
    'b.com': 'failed',
    'c.com': 'failed',
  })
})

test('an answer that is no object of values is failed, and the others count; the next run asks again', async () => {
  const workspace = temporaryFolder()
  const broken = JSON.stringify({ 'a.com': null, 'b.com': answer('Mining'), 'zz.com': 'x', 'C.com': { industry: [] } })
  expect(await enrichedBy({ 'enrichment.json': broken }, workspace)).toEqual({
    'a.com': 'failed',
    'b.com': 'Mining enriched',
    'c.com': 'failed',
  })
  const mended = JSON.stringify({ 'a.com': answer('Fishing') })
  expect(await enrichedBy({ 'enrichment.json': mended }, workspace)).toEqual({
    'a.com': 'Fishing enriched',
    'b.com': 'Mining enriched',
    'c.com': 'not_found',
  })
})
