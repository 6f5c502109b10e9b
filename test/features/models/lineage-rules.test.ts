import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { modelsMethods } from '../../../src/main/features/models/protocol.ts'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import type { OutputOf } from '../../../src/main/protocol/method.ts'
import { benefits, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { openLineage } from './lineage-world.ts'

const window = 's.company_ein = r.company_ein AND s.service_date BETWEEN r.window_start - 90 AND r.window_end'

/** The benefits project in which the lineage of the rolling window says something else. */
function projectWith(rule: { readonly to?: string; readonly on?: string }): string {
  const project = temporaryFolder()
  cpSync(benefits, project, { recursive: true })
  const path = join(project, 'models/marts/models.yml')
  const text = readFileSync(path, 'utf8')
  const changed = text.replace(
    `- to: claims\n          on: ${window}`,
    `- to: ${rule.to ?? 'claims'}\n          on: ${JSON.stringify(rule.on ?? window)}`,
  )
  if (changed === text) throw new Error('the project does not have the rule that the test changes')
  writeFileSync(path, changed)
  return project
}

let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-lineage-rules-'))
  const input = join(folder, 'input')
  mkdirSync(input)
  writeFileSync(
    join(input, 'claims.csv'),
    'claim_id,company_ein,service_date,amount,claim_type\nC1,11-1111111,2022-01-01,5.00,Dental\nC2,11-1111111,2022-12-01,5.00,Dental\n',
  )
  await runFeeds({ input, workspace: join(folder, 'workspace') })
})
afterAll(() => rmSync(folder, { recursive: true }))

function traceWith(on: string) {
  const world = openLineage(join(folder, 'workspace'), projectWith({ on }))
  try {
    const key = { company_ein: '11-1111111', window_end: '2022-01-01' }
    return (world.models.lineage({ name: 'fct_claims_rolling_90d', key }) as OutputOf<typeof modelsMethods.lineage>)
      .steps
  } finally {
    world.workbench.close()
  }
}

describe('the SQL of a lineage', () => {
  test('is what the project says, with its variables', () => {
    expect(traceWith(window).map((step) => step.total)).toEqual([1])
    const [step] = traceWith("s.company_ein = r.company_ein AND s.service_date <= {{ var('as_of') }}")
    expect(step).toMatchObject({ total: 2, on: 's.company_ein = r.company_ein AND s.service_date <= 19357' })
  })

  test.each([
    '1 = 1 AND EXISTS (SELECT 1 FROM assay_setting)',
    's.claim_id IN (SELECT raw FROM assay_record)',
    '1 = 1)) UNION SELECT * FROM assay_setting --',
    '1 = 1)) ; DROP TABLE staged_claims; --',
    "load_extension('x') = 1",
    'random() = 1',
    's.no_such_column = 1',
  ])('is refused where it would do more than compare: %s', (on) => {
    expect(() => traceWith(on)).toThrow(expect.objectContaining({ code: 'SQL_REFUSED', saved: 'Nothing was changed.' }))
  })

  test('may not read other models by its template', () => {
    expect(() => traceWith("s.company_ein IN {{ ref('stg_companies') }}")).toThrow(
      expect.objectContaining({
        code: 'PROJECT_INVALID',
        message: expect.stringContaining('may not read stg_companies') as string,
      }),
    )
  })
})

test('a lineage to what the model does not read is a mistake of the project', () => {
  expect(() => loadProject(projectWith({ to: 'plans' }))).toThrow(
    expect.objectContaining({
      code: 'PROJECT_INVALID',
      message: expect.stringContaining(
        'the lineage of fct_claims_rolling_90d names plans, which it does not read',
      ) as string,
    }),
  )
})
