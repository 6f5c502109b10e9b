import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvOf, everyType, exported, parseCsv } from './export-world.ts'

describe('CSV', () => {
  test('every type looks as the spec says, null is empty', () => {
    const path = exported(everyType, [
      ['Ana', 7, 1, 19_358, 1_672_444_800_123, 123_456, -5],
      [null, null, null, null, null, null, null],
      ['', 9_223_372_036_854_775_807n, 0n, -25_567n, -1, -7, 0n],
      ['x', -3, 0, 376_199, 0n, -9_007_199_254_740_993n, 10_000n],
    ])
    expect(readFileSync(path, 'utf8')).toBe(
      [
        'words,count,is_good,day,instant,amount,share',
        'Ana,7,true,2023-01-01,2022-12-31T00:00:00.123Z,1234.56,-0.05',
        ',,,,,,',
        ',9223372036854775807,false,1900-01-01,1969-12-31T23:59:59.999Z,-0.07,0.00',
        'x,-3,false,2999-12-31,1970-01-01T00:00:00.000Z,-90071992547409.93,100.00',
        '',
      ].join('\n'),
    )
  })

  test('an empty table is its header alone, without a byte order mark', () => {
    expect(readFileSync(exported(everyType, [])).toString('latin1')).toBe(
      'words,count,is_good,day,instant,amount,share\n',
    )
  })

  test.each([
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['a\r\nb', '"a\r\nb"'],
    ['  spaces stay ', '  spaces stay '],
    ['Zoë Ünal 日本 🎈', 'Zoë Ünal 日本 🎈'],
    ['\u0000', '\u0000'],
  ])('quotes %j only where it must', (text, cell) => {
    expect(csvOf([text])).toBe(`words,number\n${cell},-1\n`)
  })

  test.each([
    ['=cmd()|x', "'=cmd()|x"],
    ['+1', "'+1"],
    ['-12.5', "'-12.5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['=', "'="],
    [' =1', ' =1'],
    ['a=1', 'a=1'],
    ["'=1", "'=1"],
    ['é=1', 'é=1'],
  ])('takes the sting out of %j, in texts alone', (text, cell) => {
    expect(csvOf([text])).toBe(`words,number\n${cell},-1\n`)
  })

  test('a lone null or empty cell is not an empty line', () => {
    expect(readFileSync(exported([{ name: 'only', type: 'text' }], [[null], [''], ['x']]), 'utf8')).toBe(
      'only\n""\n""\nx\n',
    )
  })

  test('what is written reads back equal', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(',', '"', '\n', '\r', '=', '+', '-', '@', '\t', ' ', 'a', 'é', '🎈') }),
    )
    fc.assert(
      fc.property(fc.array(fc.option(anyText), { maxLength: 50 }), (texts) => {
        const [header, ...records] = parseCsv(csvOf(texts))
        expect(header).toEqual(['words', 'number'])
        const disarmed = texts.map((text) => (text !== null && /^[=+\-@\t\r]/.test(text) ? `'${text}` : (text ?? '')))
        expect(records).toEqual(disarmed.map((text) => [text, '-1']))
      }),
      { numRuns: 300 },
    )
  })

  test('cells around and beyond the size of the buffer arrive whole', () => {
    const size = 1024 * 1024
    const lengths = [size - 1, size, size + 1, 3 * size, 1, size / 3, size / 3 + 1]
    const texts = lengths.flatMap((length) => ['a'.repeat(length), `"${'é'.repeat(length)}`, '=', ''])
    expect(
      parseCsv(csvOf(texts))
        .slice(1)
        .map(([text]) => text),
    ).toEqual(texts.map((text) => (text === '=' ? "'=" : text)))
  })
})
