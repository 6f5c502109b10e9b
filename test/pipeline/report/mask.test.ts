import { expect, test } from 'vitest'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import { createMask } from '../../../src/main/pipeline/run/report/gather/mask.ts'
import { benefits } from '../../helpers/feeds.ts'

const project = loadProject(benefits)
const mask = createMask(project, false)
const open = createMask(project, true)

test('hidden are personal columns, whole records, and all that was delivered in a source that has personal columns', () => {
  expect(mask.hidesField('employees', 'email')).toBe(true)
  // A cell that breaks a rule may be the one beside it.
  expect(mask.hidesField('employees', 'start_date')).toBe(true)
  expect(mask.hidesField('a_source_of_old', 'amount')).toBe(true)
  expect(mask.hidesField('claims', 'row')).toBe(true)
  expect(mask.hidesField('claims', 'amount')).toBe(false)
  expect(open.hidesField('employees', 'email')).toBe(false)
})

test('texts of models are hidden unless a contract names their column and does not call it personal', () => {
  const hidden = ['email', 'full_name', 'raw_value', 'error_reason', 'anything']
  expect(hidden.filter((column) => !mask.hidesValues(column, 'text'))).toEqual([])
  expect(['claim_type', 'field', 'rule'].filter((column) => mask.hidesValues(column, 'text'))).toEqual([])
  expect(mask.hidesValues('current_90d_cost', 'money')).toBe(false)
  expect(hidden.filter((column) => open.hidesValues(column, 'text'))).toEqual([])
})

test('of a hidden value no more is shown than its first letter, of a short one nothing', () => {
  expect(mask.value('Jane Sample', true)).toBe('J••• (masked)')
  expect(mask.value('🦊 & Co', true)).toBe('🦊••• (masked)')
  expect(mask.value('Jo', true)).toBe('••• (masked)')
  expect([mask.value('', true), mask.value(null, true), mask.value('  ', true)]).toEqual(['empty', 'empty', 'blank'])
  expect(mask.value('x'.repeat(100), false)).toBe(`${'x'.repeat(80)}…`)
})

test('messages lose what they quote, and what people wrote loses hidden values and addresses', () => {
  expect(mask.message('c.csv lacks the column claim_id; it has Jane Sample, 12.')).toBe(
    'c.csv lacks the column claim_id; what it has is masked.',
  )
  expect(mask.message(String.raw`"Jane \"J\" Sample" is not a value of type money.`)).toBe(
    '"•••" is not a value of type money.',
  )
  expect(mask.message('The model m has 2 rows for the key email a.b: twice.')).not.toContain('a.b')
  expect(mask.words('Jane (JANE@a.example) called, (555)', ['jane', '(555)'])).toBe('••• (•••) called, •••')
  expect(open.message('it has "Jane"')).toBe('it has "Jane"')
  expect(open.words('Jane', ['Jane'])).toBe('Jane')
})
