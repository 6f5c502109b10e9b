import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsvLine } from '../../../src/main/pipeline/repair/parse-csv-line.ts'
import { read } from '../reader/reader-world.ts'

test.each([
  ['a,b', ['a', 'b']],
  ['a,', ['a', '']],
  [',', ['', '']],
  ['" a ", b ', [' a ', ' b ']],
  ['"a ""b"", c",d', ['a "b", c', 'd']],
  ['a "b",c', ['a "b"', 'c']],
  ['"",""', ['', '']],
  ['"a\nb",c', ['a\nb', 'c']],
])('%j is a record', (line, cells) => expect(parseCsvLine(line, ',')).toEqual(cells))

test.each(['', '  ', '"a', 'a,"b', '"a"b,c', '"a" ,b', 'a\nb', 'a\r', '"""'])('%j is none', (line) =>
  expect(parseCsvLine(line, ',')).toBeNull(),
)

const header = (delimiter: string) => `id${delimiter}name\n`
const delimiters = fc.constantFrom(',', ';', '\t', '|')

test('a line is read as the reader of feeds reads it', () => {
  const line = fc.string({ unit: fc.constantFrom('"', '"', 'D', 'D', 'a', ' ', 'é'), maxLength: 20 })
  fc.assert(
    fc.property(line, delimiters, (drawn, delimiter) => {
      const text = drawn.replaceAll('D', delimiter)
      const { records, bad } = read(header(delimiter) + text)
      const cells = parseCsvLine(text, delimiter)
      if (records.length > 0) expect(records[0]?.cells.slice(0, 2)).toEqual(cells)
      else if (bad[0]?.rule === 'wrong_number_of_fields') expect(cells?.length).not.toBe(2)
      else expect(cells).toBeNull()
    }),
    { numRuns: 800 },
  )
})

test('a record of several lines is one text, and what is more than one record is none', () => {
  const text = fc.string({ unit: fc.constantFrom('"', '","', 'a', '\n', '\r\n', ','), maxLength: 20 })
  fc.assert(
    fc.property(text, (body) => {
      const { records, bad } = read(`${header(',')}${body}`)
      const isWhole = records.length === 1 && bad.length === 0 && records[0]?.raw === body
      const cells = parseCsvLine(body, ',')
      if (isWhole) expect(cells).toEqual(records[0]?.cells.slice(0, 2))
      else expect(cells?.length).not.toBe(2)
    }),
    { numRuns: 800 },
  )
})
