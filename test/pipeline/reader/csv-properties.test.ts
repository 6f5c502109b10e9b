import fc from 'fast-check'
import { expect, test } from 'vitest'
import { read, type Seen } from './reader-world.ts'
import { readCsvPlainly } from './plain-csv.ts'

const columns = ['id', 'name', 'amount']
const lineEnd = fc.constantFrom('\n', '\r\n', '\r')
const blockBytes = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(64, 4096))
const encodings = fc.constantFrom('utf8', 'utf8 with mark', 'utf16le', 'utf16be')

/** Cells with all that can trip a reader up, and characters of one to four bytes. */
const cell = fc.string({
  unit: fc.constantFrom('a', '7', ' ', '"', '""', ',', ';', '\t', '|', '\n', '\r', '\r\n', '\\', 'é', '日', '😀'),
  maxLength: 8,
})

interface Row {
  readonly cells: readonly string[]
  readonly isQuoted: readonly boolean[]
  readonly end: string
  readonly blankLinesBefore: readonly string[]
}

const row: fc.Arbitrary<Row> = fc.record({
  cells: fc.tuple(cell, cell, cell),
  isQuoted: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  end: lineEnd,
  blankLinesBefore: fc.array(
    fc.tuple(fc.constantFrom('', ' ', '\t '), lineEnd).map((parts) => parts.join('')),
    { maxLength: 1 },
  ),
})

const table = fc.record({
  rows: fc.array(row, { maxLength: 12 }),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  encoding: encodings,
  blockBytes,
  hasLastEnd: fc.boolean(),
})

function writeRow({ cells, isQuoted }: Row, delimiter: string): string {
  const written = cells.map((text, index) =>
    isQuoted[index] === true || text.startsWith('"') || text.includes(delimiter) || /[\r\n]/u.test(text)
      ? `"${text.replaceAll('"', '""')}"`
      : text,
  )
  // A record that is nothing but white space would be a blank line.
  return written.join(delimiter).trim() === ''
    ? written.map((text) => `"${text}"`).join(delimiter)
    : written.join(delimiter)
}

function encode(text: string, encoding: string): Buffer {
  if (encoding === 'utf8') return Buffer.from(text)
  if (encoding === 'utf8 with mark') return Buffer.from(`\uFEFF${text}`)
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return encoding === 'utf16be' ? bytes.swap16() : bytes
}

function decode(bytes: Buffer, encoding: string): string {
  if (encoding.startsWith('utf8')) return bytes.toString('utf8')
  return (encoding === 'utf16be' ? Buffer.from(bytes).swap16() : bytes).toString('utf16le')
}

/** How many lines a text ends. */
function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/gu)?.length ?? 0
}

function checkRaw(seen: Seen, bytes: Buffer, encoding: string): void {
  for (const { raw, offset, length } of [...seen.records, ...seen.bad])
    expect(raw).toBe(decode(bytes.subarray(offset, offset + length), encoding))
}

test('a table that was written by the rules is read back, with its lines, places and exact text', () => {
  fc.assert(
    fc.property(table, ({ rows, delimiter, encoding, hasLastEnd, ...options }) => {
      let text = `${columns.join(delimiter)}\n`
      const written: { line: number; raw: string; cells: readonly string[] }[] = []
      for (const [index, one] of rows.entries()) {
        // A blank line that begins with a line feed would join a carriage return before it.
        for (const blank of one.blankLinesBefore)
          text += text.endsWith('\r') && blank.startsWith('\n') ? ` ${blank}` : blank
        const raw = writeRow(one, delimiter)
        written.push({ line: lineEnds(text) + 1, raw, cells: one.cells })
        text += index === rows.length - 1 && !hasLastEnd ? raw : raw + one.end
      }
      const bytes = encode(text, encoding)
      const seen = read(bytes, { ...options, required: columns })
      expect(seen.bad).toEqual([])
      expect(seen.records.map(({ line, raw, cells }) => ({ line, raw, cells }))).toEqual(written)
      checkRaw(seen, bytes, encoding)
    }),
    { numRuns: 600 },
  )
})

test('a bad line anywhere costs exactly itself', () => {
  const plain = fc
    .tuple(fc.constantFrom('a', ' b', 'c"'), fc.constantFrom('d', '"e, ""f"""', ''))
    .map((cells) => cells.join(','))
  const badLine = fc.constantFrom('x', 'x,y,z', '"x"y,z', 'x,"y" ,z', '"x" "y"', 'x,"y"",z"é')
  fc.assert(
    fc.property(fc.array(plain), fc.array(plain), badLine, lineEnd, blockBytes, (before, after, bad, end, block) => {
      const lines = ['id,name', ...before, bad, ...after]
      const seen = read(lines.join(end), { blockBytes: block })
      expect(seen.bad.map(({ line, raw }) => [line, raw])).toEqual([[before.length + 2, bad]])
      expect(seen.records.map((record) => record.raw)).toEqual([...before, ...after])
    }),
    { numRuns: 300 },
  )
})

test('whatever the text, records are those of a plain reading of the rules, in blocks of any size', () => {
  const text = fc.string({ unit: fc.constantFrom('"', '"', ',', '\n', '\r', 'a', ' ', 'é'), maxLength: 80 })
  const lines = fc.array(fc.constantFrom('b","', 'a"', '"a', '",",",', 'a,b', '"', '""', '","', '"",', 'a,"b'), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        lines.map((all) => all.join('\n')),
      ),
      encodings,
      blockBytes,
      (body, encoding, block) => {
        const content = `id,name\n${body}`
        const bytes = encode(content, encoding)
        const seen = read(bytes, { blockBytes: block })
        const pieces = [
          ...seen.records.map(({ line, raw, cells }) => ({ line, raw, outcome: cells.slice(0, 2) })),
          ...seen.bad.map(({ line, raw, rule }) => ({ line, raw, outcome: rule })),
        ].toSorted((one, other) => one.line - other.line)
        expect(pieces).toEqual(readCsvPlainly(content, ',').slice(1))
        expect(seen.order.map(Math.abs)).toEqual(pieces.map((piece) => piece.line))
        checkRaw(seen, bytes, encoding)
      },
    ),
    { numRuns: 1000 },
  )
})

test('the size of the blocks changes nothing, with records that are too long too', () => {
  const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r\n', 'abcdef', 'é', '日本'), maxLength: 60 })
  fc.assert(
    fc.property(text, blockBytes, encodings, (body, block, encoding) => {
      const bytes = encode(`id,name\n${body}`, encoding)
      const options = { maxRecordBytes: 24 }
      expect(read(bytes, { ...options, blockBytes: block })).toEqual(read(bytes, { ...options, blockBytes: 1 << 16 }))
    }),
    { numRuns: 1000 },
  )
})
