import { expect, test } from 'vitest'
import { offerRules } from '../../../src/main/pipeline/repair/offer-rules.ts'

const med = { source: 'claims', field: 'claim_type', raw_value: 'Med', new_value: 'Medical' }
const times = <Item>(count: number, item: Item): readonly Item[] => Array.from({ length: count }, () => item)

test('three corrections alike, but for white space around the value, offer a rule', () => {
  expect(offerRules(times(2, med))).toEqual([])
  expect(offerRules([...times(2, med), { ...med, raw_value: ' Med ' }])).toEqual([
    { source: 'claims', field: 'claim_type', from: 'Med', to: 'Medical', times: 3 },
  ])
  expect(offerRules([...times(2, med), { ...med, raw_value: 'med' }])).toEqual([])
  expect(offerRules([...times(2, med), { ...med, source: 'plans' }])).toEqual([])
  expect(offerRules(times(2, med), 2)).toHaveLength(1)
})

test('a record counts once, however often it was corrected', () => {
  const one = { ...med, identity: 'C1' }
  expect(offerRules(times(5, one))).toEqual([])
  expect(offerRules([...times(5, one), { ...med, identity: 'C2' }, { ...med, identity: 'C3' }])[0]?.times).toBe(3)
})

test('values that people corrected as often to something else, missing values and whole records offer none', () => {
  expect(offerRules([...times(3, med), ...times(3, { ...med, new_value: 'Dental' })])).toEqual([])
  expect(offerRules([...times(4, med), ...times(3, { ...med, new_value: 'Dental' })]).map(({ to }) => to)).toEqual([
    'Medical',
  ])
  expect(offerRules(times(5, { ...med, raw_value: null }))).toEqual([])
  expect(offerRules(times(5, { ...med, raw_value: ' ' }))).toEqual([])
  expect(offerRules(times(5, { ...med, field: 'row' }))).toEqual([])
})

test('the most frequent rule comes first', () => {
  const dent = { ...med, raw_value: 'Dent', new_value: 'Dental' }
  expect(offerRules([...times(3, med), ...times(4, dent)]).map(({ from }) => from)).toEqual(['Dent', 'Med'])
})
