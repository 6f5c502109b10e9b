import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'

const header = 'claim_id,company_ein,service_date,amount,claim_type'

test('sums and percentages beyond the integers that a number holds are exported to the cent', async () => {
  const exports = temporaryFolder()
  const rows = [
    '1,11-1111111,2021-09-01,0.01,Dental',
    '2,11-1111111,2022-01-01,10000000000.00,Dental',
    '3,22-2222222,2022-01-01,45035996273704.96,Dental',
    '4,22-2222222,2022-01-01,45035996273704.97,Dental',
  ]
  const input = folderOf({ 'claims.csv': `${header}\n${rows.join('\n')}\n` })
  await runFeeds({ input, workspace: temporaryFolder(), exports })
  const windows = readFileSync(join(exports, 'fct_claims_rolling_90d.csv'), 'utf8')
  expect(windows).toContain('11-1111111,2021-10-04,2022-01-01,1,0.01,10000000000.00,99999999999900.00,true')
  expect(windows).toContain('22-2222222,2021-10-04,2022-01-01,2,0.00,90071992547409.93,')
})
