import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { failureOf, read } from './reader-world.ts'

const text = 'id,name\r\n1,Zoë €\r\n2,"日本 ""x"" 😀"\r\n3\r\n4,ÿ\r\n'
const latin = 'id,name\r\n1,Zoë €\r\n2,“x”\r\n'
const blocks = [1, 2, 3, 4, 5, 7, 8, 64, 4096]

function utf16(content: string, isBigEndian: boolean): Buffer {
  const bytes = Buffer.from(`\uFEFF${content}`, 'utf16le')
  return isBigEndian ? bytes.swap16() : bytes
}

describe.each([
  ['utf-8', Buffer.from(text), (bytes: Buffer) => bytes.toString('utf8')],
  ['utf-8', Buffer.from(`\uFEFF${text}`), (bytes: Buffer) => bytes.toString('utf8')],
  ['utf-16le', utf16(text, false), (bytes: Buffer) => bytes.toString('utf16le')],
  ['utf-16be', utf16(text, true), (bytes: Buffer) => Buffer.from(bytes).swap16().toString('utf16le')],
] as const)('a file in %s', (encoding, bytes, decode) => {
  test.each(blocks)('is read in blocks of %i', (blockBytes) => {
    const seen = read(bytes, { blockBytes })
    expect(seen.records.map((record) => record.cells.slice(0, 2))).toEqual([
      ['1', 'Zoë €'],
      ['2', '日本 "x" 😀'],
      ['4', 'ÿ'],
    ])
    expect(seen.order).toEqual([2, 3, -4, 5])
    for (const { raw, offset, length } of [...seen.records, ...seen.bad])
      expect(raw).toBe(decode(bytes.subarray(offset, offset + length)))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(seen.summary).toMatchObject({ encoding, rows: 4, bytes: bytes.length, warnings: [], sha256 })
  })
})

test.each(blocks)('a file that is not valid UTF-8 is read as windows-1252, in blocks of %i', (blockBytes) => {
  const bytes = Buffer.from(latin.replace('€', '\u0080').replace('“', '\u0093').replace('”', '\u0094'), 'latin1')
  const seen = read(bytes, { blockBytes })
  expect(seen.records.map((record) => record.cells[1])).toEqual(['Zoë €', '“x”'])
  expect(seen.records[1]).toMatchObject({ offset: 18, length: 5, raw: '2,“x”' })
  expect(seen.summary).toMatchObject({ encoding: 'windows-1252', warnings: ['not_utf8'] })
})

test('every byte of windows-1252 is decoded as browsers do', () => {
  const bytes = Array.from({ length: 0x80 }, (_, index) => 0x80 + index)
  const cells = Buffer.concat([Buffer.from('id,name\n1,x'), Buffer.from(bytes), Buffer.from('x\n')])
  const decoded = new TextDecoder('windows-1252').decode(Buffer.from(bytes.filter((byte) => byte >= 0xa0)))
  const [record] = read(cells).records
  expect(record?.cells[1]).toBe(`x€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ${decoded}x`)
})

test.each([
  ['a character cut off at the end', Buffer.from('id,name\n1,é').subarray(0, -1)],
  ['a character with other text inside', Buffer.from('id,name\n1,\xc3aaaaaaaaa\xa9\n', 'latin1')],
  ['a stray continuation', Buffer.from('id,name\n1,\x80\n', 'latin1')],
  ['an overlong form', Buffer.from('id,name\n1,\xc0\xaf\n', 'latin1')],
  ['a surrogate', Buffer.from('id,name\n1,\xed\xa0\x80\n', 'latin1')],
])('%s is not UTF-8', (_, bytes) => {
  for (const blockBytes of blocks) expect(read(bytes, { blockBytes }).summary.encoding).toBe('windows-1252')
})

test.each([
  ['UTF-16 without a mark', Buffer.from('id,name\n', 'utf16le'), /is not text: it has a NUL at byte 1/],
  ['UTF-32', Buffer.from('\uFEFF\0i\0d\0,\0', 'utf16le'), /is not text: it has a NUL at byte 2/],
  ['UTF-16 that is cut off', utf16(text, false).subarray(0, -1), /ends in the middle of a character/],
])('%s is rejected', (_, bytes, message) => {
  for (const blockBytes of blocks) {
    const error = failureOf(() => read(bytes, { blockBytes }))
    expect(error.code).toBe('FILE_REJECTED')
    expect(error.message).toMatch(message)
  }
})

test('a long line of UTF-16 is cut between characters', () => {
  const seen = read(utf16(`id,name\n1x${'😀'.repeat(100)}\n2,a\n`, false), { maxRecordBytes: 50 })
  expect(seen.bad[0]).toMatchObject({ raw: `1x${'😀'.repeat(11)}`, length: 404 })
  expect(seen.records.map((record) => record.line)).toEqual([3])
})
