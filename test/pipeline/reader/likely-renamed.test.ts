import { expect, test } from 'vitest'
import { likelyRenamed } from '../../../src/main/pipeline/reader/likely-renamed.ts'

test.each([
  ['service_date', ['claim_no', 'service_dt', 'remark'], 'service_dt'],
  ['service_date', ['date_of_service', 'paid_on'], 'date_of_service'],
  ['claim_id', ['ClaimID', 'member'], 'ClaimID'],
  ['amount', ['amt', 'currency'], 'amt'],
  ['company_ein', ['compnay_ein', 'ein'], 'compnay_ein'],
])('%s among %j is %s', (missing, others, found) => {
  expect(likelyRenamed(missing, others)).toBe(found)
})

test.each([
  ['none is alike', 'service_date', ['remark', 'person', 'start']],
  ['two are as much alike', 'service_date', ['service_dt', 'service_dat1', 'servicedate']],
  ['only a common word is shared', 'person_id', ['batch_id']],
  ['there are no others', 'claim_id', []],
])('nothing is said where %s', (_, missing, others) => {
  expect(likelyRenamed(missing, others)).toBe(null)
})
