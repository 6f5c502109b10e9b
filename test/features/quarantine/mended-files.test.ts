import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'
import { saved, sentCells, type PeopleFormat } from './mended-world.ts'

const formats: readonly PeopleFormat[] = ['csv', 'xlsx']
const anyCell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.toWellFormed()),
  fc.string({
    unit: fc.constantFrom(
      ',',
      ';',
      '"',
      "'",
      '\n',
      '\r',
      '=',
      '+',
      '-',
      '@',
      '\t',
      ' ',
      '0',
      'a',
      'é',
      '日',
      '🎈',
      '\0',
    ),
    maxLength: 8,
  }),
  fc.constantFrom("'=1", "''=1", '_x000D_', '_x005F_x', '007', '1e5', 'NULL', '&lt;', '<t>', '2022-1-2', 'TRUE'),
)

interface Claim {
  readonly carrier: string
  readonly status: string
}

/** Plans that are all held back for their start, with any text in two columns; one of them the contract does not know. */
async function worldOf(cells: readonly Claim[]) {
  const lines = cells.map(({ carrier, status }, index) =>
    JSON.stringify({
      plan_id: `L${index}`,
      company_ein: '011111111',
      plan_type: 'Dental',
      carrier_name: carrier,
      start_date: 'soon',
      end_date: '',
      status,
      last_updated: '2022-01-02',
    }),
  )
  const workspace = temporaryFolder()
  await runFeeds({ input: folderOf({ 'plans.ndjson': `${lines.join('\n')}\n` }), workspace })
  return { workspace, quarantine: openQuarantine(workspace) }
}

const receive = (quarantine: ReturnType<typeof openQuarantine>, name: string, content: string, preview = false) =>
  quarantine.receive({ name, content, preview, reason: 'the client mended it' })

describe.each(formats)('a mended %s file', (format) => {
  test('whatever the cells: unchanged it gives no correction, changed it gives exactly these', async () => {
    const cells = fc.sample(fc.record({ carrier: anyCell, status: anyCell }), { numRuns: 400, seed: 7 })
    const { quarantine } = await worldOf(cells)
    const { files } = await quarantine.sendBack({ target: { filter: {} }, format })
    const sent = sentCells(files[0]?.path ?? '')
    const [header = [], ...rows] = sent
    expect(rows).toHaveLength(400)
    const unchanged = await receive(quarantine, `plans.${format}`, saved(format, sent))
    expect(unchanged).toMatchObject({ rows: 400, matched: 400, changed: 0, unknown: [], operation_id: null })

    const column = header.indexOf('carrier_name')
    const token = header.indexOf('assay_row')
    // Told apart from whatever was sent: no cell there is so long.
    const change = anyCell.map((text) => `${text.replaceAll('\0', '')} (mended)`)
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.nat(399).map(String), change, { minKeys: 1, maxKeys: 20 }), async (changes) => {
        const mended = rows.map((row, index) => (changes[index] === undefined ? row : row.with(column, changes[index])))
        const content = saved(format, [header, ...mended.toReversed()])
        const received = await receive(quarantine, `plans.${format}`, content)
        const count = Object.keys(changes).length
        expect(received).toMatchObject({ rows: 400, matched: 400, changed: count, unknown: [] })
        const expected = Object.entries(changes).map(([index, text]) => [
          Number(rows[Number(index)]?.[token]?.split('-')[1]),
          'carrier_name',
          // In CSV an apostrophe before a formula is the one that we put there.
          (format === 'csv' ? text.replace(/^'(?=[=+\-@\t\r])/, '') : text).trim(),
        ])
        expect(new Set(received.sample.map(({ id, field, after }) => [id, field, after]))).toEqual(new Set(expected))
        const { operations } = await quarantine.operations({ offset: 0, limit: 1 })
        expect(operations[0]).toMatchObject({
          operation_id: received.operation_id,
          what: `Took the mended file plans.${format}`,
          rows: count,
        })
        await quarantine.undo({})
      }),
      { numRuns: 25 },
    )
  })

  test('it is matched, previewed, taken, and its replay leaves nothing held back', async () => {
    const workspace = temporaryFolder()
    const claims =
      'Claim ID;Company EIN;Service Date;Amount;Claim Type;Memo;Last Updated\n' +
      'C1;011111111;2022-13-01;=1;Medical;"two\nlines";2022-01-02\n' +
      'C2;022222222;2022-01-05;5;Medica;;2022-01-02\n' +
      'C3;011111111;2022-01-05;5;Medical;2022-01-02\n' +
      'C4;011111111;2022-01-05;7;Medical;fine;2022-01-02\n'
    await runFeeds({ input: folderOf({ 'claims.csv': claims, 'companies.csv': companies }), workspace })
    const quarantine = openQuarantine(workspace)
    const { files } = await quarantine.sendBack({ target: { filter: { source: ['claims'] } }, format })
    const path = join(workspace, 'exports', `claims_to_mend.${format}`)
    expect(files).toEqual([{ path, source: 'claims', rows: 3 }])
    expect(readdirSync(join(workspace, 'exports'))).toEqual([`claims_to_mend.${format}`])
    const sent = sentFile(path)
    expect(sent.header).toEqual([
      'claim_id',
      'company_ein',
      'service_date',
      'amount',
      'claim_type',
      'memo',
      'last_updated',
      'assay_record',
      'assay_row',
      'assay_reasons',
    ])
    const [first, second, third] = sent.rows
    expect(first).toMatchObject({
      company_ein: '011111111',
      memo: 'two\nlines',
      amount: format === 'csv' ? "'=1" : '=1',
    })
    expect(first?.['assay_reasons']).toMatch(/^service_date is not a real date.* amount is not an amount/)
    expect(third).toMatchObject({ claim_id: '', assay_record: 'C3;011111111;2022-01-05;5;Medical;2022-01-02' })

    const mended = [
      { ...first, service_date: '2022-12-01', amount: '1' },
      { ...second, claim_type: 'Medical' },
      { ...third, assay_record: 'C3;011111111;2022-01-05;5;Medical;;2022-01-02' },
      { ...first, amount: '3' },
      { ...second, assay_row: '' },
      { ...second, assay_row: 'row-2-0123456789ab' },
      { ...second, assay_row: String(second?.['assay_row']).replace(/^row-\d+/, 'row-999999') },
    ]
    const content = saved(format, [sent.header, ...mended.map((row) => sent.header.map((name) => textOf(row, name)))])
    const preview = await receive(quarantine, 'mended', content, true)
    const told = [
      { line: expect.any(Number), why: expect.stringMatching(/^The same row stands on line 2 already/) },
      { line: expect.any(Number), why: 'It has no assay_row, so that nobody can say which row it mends.' },
      { line: expect.any(Number), why: 'No row of this workspace is row-2-0123456789ab.' },
      { line: expect.any(Number), why: expect.stringMatching(/^No row of this workspace is row-999999-/) },
    ]
    const counts = { rows: 7, matched: 3, changed: 3, become_valid: 3, still_wrong: 0, unknown: told }
    expect(preview).toMatchObject({ ...counts, operation_id: null })
    expect(preview.sample.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['service_date', '2022-13-01', '2022-12-01'],
      ['amount', '=1', '1'],
      ['claim_type', 'Medica', 'Medical'],
      ['row', 'C3;011111111;2022-01-05;5;Medical;2022-01-02', 'C3;011111111;2022-01-05;5;Medical;;2022-01-02'],
    ])
    expect((await quarantine.operations({ offset: 0, limit: 1 })).total).toBe(0)

    expect(await receive(quarantine, 'mended', content)).toMatchObject({ ...counts, operation_id: 1 })
    // A second time it has nothing left to say.
    expect(await receive(quarantine, 'mended', content)).toMatchObject({ matched: 3, changed: 0, operation_id: null })
    await expect(async () => quarantine.sendBack({ target: { filter: {} }, format })).rejects.toThrow(
      'None of these rows is open any more.',
    )
    await quarantine.replayAll()
    expect((await quarantine.rows()).map(({ state }) => state)).toEqual(['released', 'released', 'released'])
    const late = saved(format, [sent.header, sent.header.map((name) => textOf({ ...first, amount: '9' }, name))])
    expect(await receive(quarantine, 'late', late)).toMatchObject({
      matched: 0,
      unknown: [{ line: 2, why: 'It has left the quarantine since it was sent.' }],
    })
  })
})

test('a cell that is longer than XLSX takes is no change, and changed it is told', async () => {
  const { quarantine } = await worldOf([{ carrier: 'long '.repeat(8000), status: 'y' }])
  const { files } = await quarantine.sendBack({ target: { filter: {} }, format: 'xlsx' })
  const [header = [], row = []] = sentCells(files[0]?.path ?? '')
  const column = header.indexOf('carrier_name')
  expect(row[column]).toHaveLength(32_767)
  expect(await receive(quarantine, 'x', saved('xlsx', [header, row]))).toMatchObject({ matched: 1, changed: 0 })
  expect(await receive(quarantine, 'x', saved('xlsx', [header, row.with(column, 'short')]))).toMatchObject({
    matched: 0,
    changed: 0,
    unknown: [{ line: 2, why: 'carrier_name is longer than a cell of XLSX may be: mend it in a CSV file.' }],
  })
})

test('a file of another workspace is told row by row; one that is not there is refused', async () => {
  const [ours, theirs] = [
    await worldOf([{ carrier: 'ours', status: 'y' }]),
    await worldOf([{ carrier: 'theirs', status: 'y' }]),
  ]
  const { files } = await theirs.quarantine.sendBack({ target: { filter: {} }, format: 'csv' })
  const path = files[0]?.path ?? ''
  const asked = { name: 'theirs.csv', preview: false, reason: '' }
  expect(await ours.quarantine.receive({ ...asked, path })).toMatchObject({
    rows: 1,
    matched: 0,
    unknown: [{ line: 2, why: expect.stringMatching(/^No row of this workspace is row-/) }],
    operation_id: null,
  })
  await expect(ours.quarantine.receive({ ...asked, path: `${path}.gone` })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  })
})

test('cells that a spreadsheet writes in a form of its own are no corrections', async () => {
  const workspace = temporaryFolder()
  const claims =
    'claim_id,company_ein,service_date,amount,claim_type,last_updated\nC1,11-1111111,2022-01-05,1200.50,Medica,2022-01-02\n'
  await runFeeds({ input: folderOf({ 'claims.csv': claims }), workspace })
  const quarantine = openQuarantine(workspace)
  const { files } = await quarantine.sendBack({ target: { filter: {} }, format: 'csv' })
  const [header = [], row = []] = sentCells(files[0]?.path ?? '')
  const rewritten = row.with(2, '1/5/2022').with(3, '1200.5').with(4, 'Medical')
  const { sample } = await receive(quarantine, 'x.csv', saved('csv', [header, rewritten]), true)
  expect(sample.map(({ field }) => field)).toEqual(['claim_type'])
})

test.each([
  ['no tokens', Buffer.from('claim_id,amount\nC1,2\n'), /lacks the required column assay_row/],
  ['no text', Buffer.from([1, 0, 0, 2]), /is not text/],
  ['half a workbook', Buffer.from('PK\u0003\u0004 and no more'), /no XLSX file that can be read/],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]), /old form or with a password/],
])('a file of %s is refused whole', async (_, bytes, why) => {
  const { workspace, quarantine } = await worldOf([{ carrier: 'x', status: 'y' }])
  const before = readdirSync(workspace).toSorted()
  await expect(receive(quarantine, 'their file', bytes.toString('base64'))).rejects.toMatchObject({
    code: 'FILE_REJECTED',
    message: expect.stringMatching(why),
  })
  expect(readdirSync(workspace).toSorted()).toEqual(before)
  onTestFinished(() => quarantine.close())
})

const companies = 'company_ein,company_name,employee_count\n011111111,One,1\n022222222,Two,2\n'

function textOf(row: Readonly<Record<string, string>>, name: string): string {
  return row[name] ?? ''
}

function sentFile(path: string) {
  const [header = [], ...cells] = sentCells(path)
  return {
    header,
    rows: cells.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? '']))),
  }
}
