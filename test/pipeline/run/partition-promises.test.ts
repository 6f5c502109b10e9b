import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import { benefits, folderOf, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'

/** A copy of the project of parts, with a text of one of its model files replaced. */
function projectWith(file: string, text: string, other: string): string {
  const folder = join(temporaryFolder(), 'parts')
  cpSync(join(repository, 'test/fixtures/parts-project'), folder, { recursive: true })
  const path = join(folder, 'models', file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(text, other))
  return folder
}

describe('a project is refused', () => {
  test.each([
    [
      'partitioned by what is no column',
      'partition_by: [item]',
      'partition_by: [colour]',
      'partition_by of best_of_item names colour, which is not a column of it',
    ],
    [
      'with a table that says what it looks up',
      'grain: [item], partition_by: [item]',
      'grain: [item], looks_up: [open_shops]',
      'best_of_item has looks_up, which is for views: a table holds what it looked up',
    ],
    [
      'with a view that looks up what it does not read',
      'looks_up: [best_of_item]',
      'looks_up: [open_shops]',
      'sold says that it looks up open_shops, which it does not read',
    ],
  ])('%s', (_, text, other, message) => {
    expect(() => loadProject(projectWith('models.yml', text, other))).toThrow(message)
  })
})

describe('a project is refused that names the days of what a model reads', () => {
  const given = 'inputs: [{ to: claims, column: service_date, looks_back: 179 }]'
  const days = 'the inputs of the event_date of'
  test.each([
    [
      'where it reads no such thing',
      given,
      'inputs: [{ to: plans, column: start_date }]',
      `${days} fct_claims_rolling_90d name plans, which is no source or table that it reads`,
    ],
    [
      'by what is no date',
      given,
      'inputs: [{ to: claims, column: amount }]',
      `${days} fct_claims_rolling_90d name amount, which is no date in claims`,
    ],
    [
      'twice',
      given,
      'inputs: [{ to: claims, column: service_date }, { to: claims, column: service_date }]',
      `${days} fct_claims_rolling_90d name something twice`,
    ],
    [
      'for a row that may have no day',
      'grain: [company_ein, window_end]',
      'grain: [company_ein, window_start]',
      `${days} fct_claims_rolling_90d need window_end in its grain`,
    ],
    [
      'for a table without parts',
      'partition_by: [company_ein]\n      event_date',
      'event_date',
      `${days} fct_claims_rolling_90d are for tables with a partition_by`,
    ],
    [
      'for a table with a part a day',
      'partition_by: [company_ein]\n      event_date',
      'partition_by: [company_ein, window_end]\n      event_date',
      `${days} fct_claims_rolling_90d need another column than window_end`,
    ],
  ])('%s', (_, text, other, message) => {
    const folder = join(temporaryFolder(), 'benefits')
    cpSync(benefits, folder, { recursive: true })
    const path = join(folder, 'models/marts/models.yml')
    const before = readFileSync(path, 'utf8')
    expect(before).toContain(text)
    writeFileSync(path, before.replace(text, other))
    expect(() => loadProject(folder)).toThrow(message)
  })
})

test('a model that is not partitioned as it says stops the run', async () => {
  const project = projectWith(
    'best_of_item.sql',
    'GROUP BY item',
    "GROUP BY item UNION ALL SELECT 'all', count(*) FROM {{ source('feeds', 'sales') }}",
  )
  const rows = ['1,s1,pen,1,,2022-01-01', '2,s1,ink,1,,2022-01-01', '3,s1,pad,1,,2022-01-01', '4,s1,cap,1,,2022-01-01']
  const feed = (lines: readonly string[]) =>
    folderOf({ 'sales.csv': `sale_id,shop,item,pieces,note,updated\n${lines.join('\n')}\n` })
  const workspace = temporaryFolder()
  await runFeeds({ input: feed(rows), workspace, project })
  await expect(runFeeds({ input: feed(['1,s1,pen,9,,2022-01-02']), workspace, project })).rejects.toMatchObject({
    code: 'MODEL_FAILED',
    message: 'The model best_of_item is not partitioned by item, as its .yml says.',
    place: { table: 'best_of_item' },
  })
})
