import fc from 'fast-check'
import { expect, test } from 'vitest'
import { read } from './reader-world.ts'

const blockBytes = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(64, 4096))
const columns = ['id', 'name', 'amount']
const text = fc.string({ unit: 'binary', maxLength: 8 })
const number = fc.oneof(
  fc
    .tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.constantFrom('', '.0', '.50', '.123456789012345678', 'e5', 'E-7'))
    .map((parts) => parts.join('')),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
)

/** A value as JSON text, and the cell that it should become. */
const value = fc.oneof(
  text.map((cell) => ({ json: JSON.stringify(cell), cell })),
  text.map((cell) => ({ json: `"${Array.from(cell, escapeAll).join('')}"`, cell })),
  number.map((json) => ({ json, cell: json })),
  fc.constantFrom('true', 'false').map((json) => ({ json, cell: json })),
  fc.constant({ json: 'null', cell: null }),
  fc.jsonValue({ maxDepth: 2 }).map((nested) => ({ json: JSON.stringify([nested]), cell: JSON.stringify([nested]) })),
)

const record = fc.record({ id: value, name: value, amount: value }, { requiredKeys: ['id', 'name'] })
const space = fc.constantFrom('', ' ', '\t', '  ')

function escapeAll(character: string): string {
  return Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('')
}

function write(one: Record<string, { json: string }>, gap: string): string {
  const members = Object.entries(one).map(([name, { json }]) => `${gap}"${name}"${gap}:${gap}${json}`)
  return `{${members.join(`${gap},`)}${gap}}`
}

function cellsOf(one: Partial<Record<string, { cell: string | null }>>): (string | null)[] {
  return columns.map((column) => one[column]?.cell ?? null)
}

test.each(['feed.json', 'feed.ndjson'])('records are read back from %s, numbers to the digit', (name) => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), space, blockBytes, (all, gap, block) => {
      const written = all.map((one) => write(one, gap))
      const content =
        name === 'feed.json' ? `${gap}[${gap}${written.join(`${gap},${gap}`)}${gap}]\n` : written.join('\r\n')
      const seen = read(content, { name, blockBytes: block })
      expect(seen.bad).toEqual([])
      expect(seen.records.map((one) => one.cells)).toEqual(all.map(cellsOf))
      expect(seen.records.map((one) => one.raw)).toEqual(written)
      expect(seen.records.map((one) => one.line)).toEqual(all.map((_, index) => index + 1))
      const bytes = Buffer.from(content)
      for (const { raw, offset, length } of seen.records)
        expect(raw).toBe(bytes.toString('utf8', offset, offset + length))
    }),
    { numRuns: 400 },
  )
})

test('a line is a record exactly when JSON.parse takes it for an object', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"id":1',
    '"',
    '\\',
    '1',
    '-',
    '0',
    '.',
    'e',
    'true',
    'null',
    ' ',
  )
  const almost = fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join(''))
  const line = fc.oneof(
    almost,
    almost.map((inner) => `{"id":${inner}}`),
    almost.map((inner) => `{"id":"${inner}"}`),
  )
  fc.assert(
    fc.property(line, (one) => {
      fc.pre(one.trim() !== '')
      const seen = read(`{"id":0,"name":0}\n${one}\n{"id":2}\n`, { name: 'feed.ndjson' })
      expect(seen.order).toEqual([1, isJsonObject(one) ? 2 : -2, 3])
    }),
    { numRuns: 1000 },
  )
})

test('a broken element of an array costs exactly itself', () => {
  const simple = fc.record({
    id: fc.constantFrom('1', '"x"', '"}, {"', '[{"id":1},{"id":2}]'),
    name: fc.constantFrom('null', '"\\""', '{}'),
  })
  const good = simple.map(({ id, name }) => `{"id":${id}, "name":${name}}`)
  const broken = fc.constantFrom(
    '{"id":}',
    '{"id":"a"b"}',
    '{"id":"a}',
    '{"id" "a"}',
    '{id:1}',
    '{"id":1',
    '{"id":[1}',
    'x',
    '7',
    '{"id":"a,"name":"b"}',
  )
  const gap = fc.constantFrom('', ' ', '\n', '\r\n  ')
  fc.assert(
    fc.property(
      fc.array(good, { minLength: 1 }),
      broken,
      fc.array(good, { minLength: 1 }),
      gap,
      blockBytes,
      (before, bad, after, between, block) => {
        const content = `[${[...before, bad, ...after].join(`,${between}`)}]`
        const seen = read(content, { name: 'feed.json', blockBytes: block })
        expect(seen.bad.map(({ line, raw }) => [line, raw])).toEqual([[before.length + 1, bad]])
        expect(seen.records.map((one) => one.raw)).toEqual([...before, ...after])
      },
    ),
    { numRuns: 500 },
  )
})

test('the size of the blocks changes nothing for arrays and maps, whatever their text', () => {
  const piece = fc.constantFrom(
    '{"id":1}',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a":1',
    '\\',
    '\n',
    ' ',
    'é',
    'abcdefgh',
  )
  const body = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(body, fc.constantFrom('[', '{'), blockBytes, (inner, open, block) => {
      const layout = open === '{' ? 'map' : 'records'
      const options = { name: 'feed.json', layout, required: [] } as const
      const content = `${open}${inner}`
      const whole = read(content, { ...options, blockBytes: 4096 })
      expect(read(content, { ...options, blockBytes: block })).toEqual(whole)
      expect(whole.order.map(Math.abs)).toEqual(whole.order.map((_, index) => index + 1))
    }),
    { numRuns: 600 },
  )
})

function isJsonObject(line: string): boolean {
  try {
    const parsed: unknown = JSON.parse(line)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
