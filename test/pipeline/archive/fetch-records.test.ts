import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fetchRecords } from '../../../src/main/pipeline/archive/fetch-records.ts'
import { feedPath } from '../../../src/main/pipeline/archive/keep-feed.ts'
import { feedHeader } from '../../../src/main/pipeline/archive/read-header.ts'
import { archiveOf, contracts, sha256Of, type ArchivedFile, type ArchiveWorld } from './archive-world.ts'

const header = 'claim_id,company_ein,service_date,amount,claim_type'
const claimsContract = contracts.get('claims')
if (claimsContract === undefined) throw new Error('the benefits project has no claims')

function fetch(world: ArchiveWorld, ...arrivals: number[]) {
  return [...fetchRecords(world.connection, world.folder, contracts, 1 << 20, arrivals).values()]
}

function claims(content: string | Buffer, rows: number, rest: Partial<ArchivedFile> = {}): ArchivedFile {
  return { name: 'claims.csv', source: 'claims', content, rows, firstArrival: 101, ...rest }
}

const broken = `${header}
C1,11-1111111,2022-01-01,5.00,Dental
C2,11-1111111
"C3,11-1111111,2022-01-01,5.00,Dental
C4,11-1111111,2022-01-02,"6
.00",Vision

C5,11-1111111,2022-01-03,7.00,Life
`

describe('records of a CSV file', () => {
  test('are found with broken ones between them, good or not', () => {
    const records = fetch(archiveOf([claims(broken, 5)]), 105, 101, 102, 103, 104)
    expect(records.map(({ arrival, line, raw }) => [arrival, line, raw])).toEqual([
      [101, 2, 'C1,11-1111111,2022-01-01,5.00,Dental'],
      [102, 3, 'C2,11-1111111'],
      [103, 4, '"C3,11-1111111,2022-01-01,5.00,Dental'],
      [104, 5, 'C4,11-1111111,2022-01-02,"6\n.00",Vision'],
      [105, 8, 'C5,11-1111111,2022-01-03,7.00,Life'],
    ])
    expect(records.map(({ cells }) => cells?.['claim_id'] ?? null)).toEqual(['C1', null, null, 'C4', 'C5'])
    expect(records[0]).toMatchObject({ source: 'claims', file: 'claims.csv', encoding: 'utf-8', header: null })
    expect(records[1]?.header).toEqual({ delimiter: ',', columns: header.split(',') })
    for (const { offset, raw } of records)
      expect(
        Buffer.from(broken)
          .subarray(offset, offset + raw.length)
          .toString(),
      ).toBe(raw)
  })

  test('are read in UTF-16 too', () => {
    const text = `\uFEFF${header};status\nC1;1\n`
      .replaceAll(',', ';')
      .replace('C1;1', 'C1;1;2022-01-01;5.00;Dental;offén')
    const world = archiveOf([claims(Buffer.from(text, 'utf16le'), 1)])
    const [record] = fetch(world, 101)
    expect(record?.raw).toBe('C1;1;2022-01-01;5.00;Dental;offén')
    expect(record?.cells).toMatchObject({ status: 'offén' })
    expect(record?.offset).toBe(2 * text.indexOf('C1'))
  })
})

test('records of JSON and NDJSON files and of look-ups are found, each by its own reader', () => {
  const elements = [
    { claim_id: 'J1', company_ein: 'x', service_date: 'd', amount: 1.5, claim_type: null },
    { claim_id: 'J2' },
  ]
  const world = archiveOf([
    claims(JSON.stringify(elements), 2, { name: 'claims.json', firstArrival: 1 }),
    claims(`${JSON.stringify(elements[0])}\n{broken\n${JSON.stringify(elements[1])}\n`, 3, {
      name: 'claims.ndjson',
      firstArrival: 3,
    }),
    {
      name: 'company_lookup.json',
      source: 'company_lookup',
      content: '{"a.com": "11-1111111", "b.com": "22-2222222"}',
      rows: 2,
      firstArrival: 6,
    },
  ])
  const records = fetch(world, 1, 2, 3, 4, 5, 6, 7)
  expect(records.map(({ file, line }) => `${file}:${line}`)).toEqual([
    'claims.json:1',
    'claims.json:2',
    'claims.ndjson:1',
    'claims.ndjson:2',
    'claims.ndjson:3',
    'company_lookup.json:1',
    'company_lookup.json:2',
  ])
  expect(records[0]?.cells).toEqual({
    claim_id: 'J1',
    company_ein: 'x',
    service_date: 'd',
    amount: '1.5',
    claim_type: null,
  })
  expect(records[3]).toMatchObject({ cells: null, raw: '{broken', header: null })
  expect(records[6]?.cells).toEqual({ domain: 'b.com', company_ein: '22-2222222' })
})

test('any choice of records gives what reading them all gives', () => {
  const lines = Array.from({ length: 60 }, (_, index) =>
    index % 7 === 3 ? `C${index},broken` : `C${index},11-1111111,2022-01-01,${index}.00,Dental`,
  )
  const world = archiveOf([
    claims(`${header}\n${lines.slice(0, 25).join('\n')}`, 25, { name: 'claims_1.csv', firstArrival: 11 }),
    claims(`${header}\n`, 0, { name: 'claims_2.csv', firstArrival: 36 }),
    claims(`${header}\r\n${lines.slice(25).join('\r\n')}`, 35, { name: 'claims_3.csv', firstArrival: 36 }),
  ])
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 11, max: 70 }), { minLength: 1, maxLength: 12 }), (arrivals) => {
      const records = fetch(world, ...arrivals)
      expect(records.map(({ arrival }) => arrival)).toEqual(arrivals.toSorted((a, b) => a - b))
      for (const { arrival, raw } of records) expect(raw).toBe(lines[arrival - 11])
    }),
  )
})

test('reading stops at the last wanted record', () => {
  // A JSON file without the required columns is rejected at its end, which a reader that stops early does not come to.
  const world = archiveOf([claims('[{"claim_id": "J1"}, {"claim_id": "J2"}]', 3, { name: 'claims.json' })])
  expect(fetch(world, 101).map(({ raw }) => raw)).toEqual(['{"claim_id": "J1"}'])
  expect(() => fetch(world, 103)).toThrow(expect.objectContaining({ code: 'FILE_REJECTED' }))
})

test('a number that was used again means the record of the run that was published, or that is going on', () => {
  const row = (id: string) => `${header}\n${id},11-1111111,2022-01-01,5.00,Dental\n`
  const world = archiveOf([
    claims(row('failed'), 1, { run: 1, status: 'failed' }),
    claims(row('published'), 1, { run: 2 }),
    claims(row('later'), 1, { run: 3, status: 'failed' }),
    claims(row('going on'), 1, { run: 4, status: 'running', firstArrival: 102 }),
  ])
  expect(fetch(world, 101, 102).map(({ cells }) => cells?.['claim_id'])).toEqual(['published', 'going on'])
})

describe('what cannot be fetched is told', () => {
  test('where the archived file is gone', () => {
    const world = archiveOf([claims(broken, 5)])
    rmSync(feedPath(world.folder, sha256Of(broken)))
    expect(() => fetch(world, 101)).toThrow(
      expect.objectContaining({
        code: 'NOT_FOUND',
        message: 'The archive does not have the feed file claims.csv any more.',
        hint: expect.stringContaining(`feeds/${sha256Of(broken)}`) as string,
      }),
    )
  })

  test('where no file has the number', () => {
    expect(() => fetch(archiveOf([claims(broken, 5)]), 106)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})

describe('the header of an archived file', () => {
  const read = (name: string, content: string) =>
    feedHeader(
      archiveOf([claims(content, 1, { name })]).folder,
      { name, sha256: sha256Of(content) },
      claimsContract,
      1 << 20,
    )

  test('tells how a CSV file parts and names its cells', () => {
    expect(read('claims.csv', '\uFEFFClaim ID|Company EIN|service_date|amount|claim_type|more\n')).toEqual({
      delimiter: '|',
      columns: ['claim_id', 'company_ein', 'service_date', 'amount', 'claim_type', 'more'],
    })
  })

  test('is null for JSON', () => {
    expect(read('claims.json', '[]')).toBeNull()
    expect(read('claims.ndjson', '')).toBeNull()
  })
})
