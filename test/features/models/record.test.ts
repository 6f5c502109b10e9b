import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { modelsMethods, RecordField } from '../../../src/main/features/models/protocol.ts'
import type { OutputOf } from '../../../src/main/protocol/method.ts'
import { folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { openLineage, type LineageWorld } from './lineage-world.ts'

const feeds = {
  'employees.csv': `person_id,title,email,company_ein,start_date,end_date,notes,last_updated
 P1 ,Boss,Ann@One.com,,1/5/2022,N/A,status: left | termination_date=2022-05-01,2022-01-01
P1,,Ann@One.com,,1/5/2022,N/A,status: left | termination_date=2022-05-01,2022-06-01T10:00:00-0500
`,
  'plans.csv': `plan_id,company_ein,plan_type,carrier_name,start_date,end_date
A,111111111,dental,AETNA  inc,20220101,31-Dec-2022
B,11-1111111,Dental,aetna,2022-01-01T08:00:00Z,
C,11-1111111,Dental,Blue  Sky,2022/01/01,
`,
  'claims.csv': `claim_id,company_ein,service_date,amount,claim_type,extra
C1,11-1111111,03-04-2022,"$1,234.5",Life,kept
C2,11-1111111,2022-03-04,10.00,Life,
`,
  'company_lookup.json': '{"one.com": "11-1111111"}',
}

async function published(): Promise<{ readonly world: LineageWorld; readonly workspace: string }> {
  const workspace = temporaryFolder()
  await runFeeds({ input: folderOf(feeds), workspace })
  return { world: openLineage(workspace), workspace }
}

function record(world: LineageWorld, source: string, key: Record<string, string>) {
  return world.models.record({ source, key }) as OutputOf<typeof modelsMethods.record>
}

function told(fields: readonly RecordField[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ column, value, note }) => [column, `${value ?? 'null'}: ${note}`]))
}

test('how each cell became its staged value is told in words', async () => {
  const { world } = await published()
  expect(told(record(world, 'employees', { person_id: 'P1' }).fields)).toEqual({
    person_id: 'P1: unchanged',
    full_name: 'null: no such column in the file',
    title: 'Boss: empty; carried forward from the version of 2022-01-01',
    email: 'ann@one.com: lower-cased',
    company_ein: '11-1111111: empty; inferred from the domain of email',
    start_date: '2022-01-05: date written as M/D/YYYY',
    end_date: '2022-05-01: N/A means no value; taken from notes_termination_date',
    notes_status: 'left: status in notes',
    notes_department: 'null: notes has no department',
    notes_location: 'null: notes has no location',
    notes_termination_date: '2022-05-01: termination_date in notes',
    last_updated: '2022-06-01T15:00:00.000Z: brought from zone -0500 to UTC',
  })
  const plan = (key: string) => told(record(world, 'plans', { staged_key: key }).fields)
  expect(plan('A')).toMatchObject({
    company_ein: '11-1111111: brought into its normal form',
    plan_type: 'Dental: spelled as in the contract',
    carrier_name: 'Aetna: white space collapsed; alias aetna inc -> Aetna',
    start_date: '2022-01-01: date written as YYYYMMDD',
    end_date: '2022-12-31: date written as D-Mon-YYYY',
  })
  expect(plan('B')).toMatchObject({
    carrier_name: 'Aetna: spelled as in the project',
    start_date: '2022-01-01: day of a date-time',
    end_date: 'null: empty',
  })
  expect(plan('C')).toMatchObject({ carrier_name: 'Blue Sky: white space collapsed; not a known name, kept as given' })
  const claim = record(world, 'claims', { claim_id: 'C1' })
  expect(told(claim.fields)).toMatchObject({
    service_date: '2022-03-04: date written as MM-DD-YYYY',
    amount: '1234.50: dollar sign left out; thousands commas left out; two decimals written',
    claim_type: 'Life: unchanged',
  })
  expect(claim).toMatchObject({
    row_id: 'claims.csv:2',
    raw: 'C1,11-1111111,03-04-2022,"$1,234.5",Life,kept',
    cells: { amount: '$1,234.5', extra: 'kept' },
    quarantine_id: null,
  })
  world.workbench.close()
})

test('a correction shows as soon as it is made, and as the reason for the value once it is applied', async () => {
  const { world, workspace } = await published()
  const { connection } = world.workbench
  const correct = (id: number, field: string, raw: string | null, value: string) =>
    connection
      .prepare(
        `INSERT INTO assay_amendment (amendment_id, operation_id, kind, source, identity, field, rule, raw_value, new_value, was_wrong)
        VALUES (?, 1, 'correct', 'claims', 'C2', ?, '', ?, ?, 0)`,
      )
      .run(id, field, raw, value)
  connection.exec(
    "INSERT INTO assay_operation (operation_id, kind, what, made_by, made_at, reason, rows) VALUES (1, 'correct', '', 'test', 0, '', 1)",
  )
  correct(1, 'amount', '10.00', ' $12 ')
  correct(2, 'claim_type', 'Medical', 'Vision')
  const field = (name: string) =>
    record(world, 'claims', { claim_id: 'C2' }).fields.find(({ column }) => column === name)
  expect(field('amount')).toMatchObject({
    raw_value: '10.00',
    corrected_value: ' $12 ',
    value: '10.00',
    note: 'a correction waits for the next run; unchanged',
  })
  expect(field('claim_type')).toMatchObject({ corrected_value: null, value: 'Life', note: 'unchanged' })

  await runFeeds({ input: folderOf(feeds), workspace })
  expect(field('amount')).toMatchObject({
    raw_value: '10.00',
    corrected_value: ' $12 ',
    value: '12.00',
    note: 'corrected; trimmed; dollar sign left out; two decimals written',
  })

  connection.exec(
    "INSERT INTO assay_operation (operation_id, kind, what, made_by, made_at, reason, rows, undoes) VALUES (2, 'undo', '', 'test', 0, '', 1, 1)",
  )
  connection.exec('UPDATE assay_operation SET undone_by = 2 WHERE operation_id = 1')
  expect(field('amount')).toMatchObject({ corrected_value: null, value: '12.00' })
  world.workbench.close()
})

test('a record whose feed is not in the archive any more is told, with what to do', async () => {
  const { world, workspace } = await published()
  rmSync(join(workspace, 'feeds'), { recursive: true })
  expect(() => record(world, 'plans', { staged_key: 'A' })).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND', message: expect.stringContaining('plans.csv') as string }),
  )
  expect(() => record(world, 'plans', { staged_key: 'Z' })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  expect(() => record(world, 'no_such', { staged_key: 'A' })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  world.workbench.close()
})
