import { describe, expect, test } from 'vitest'
import { failureOf, read } from './reader-world.ts'

const blocks = [1, 2, 3, 7, 64, 4096]

/** The ids of the records and, with a minus, the raw text of the bad ones, in the order of the file. */
function pieces(content: string, options: Parameters<typeof read>[1]): string[] {
  const { records, bad, order } = read(content, options)
  const texts = new Map<number, string>()
  for (const { line, cells } of records) texts.set(line, cells[0] ?? 'null')
  for (const { line, raw } of bad) texts.set(-line, `-${raw}`)
  return order.map((line) => texts.get(line) ?? '')
}

const json = { name: 'feed.JSON' }
const lines = { name: 'feed.ndjson' }
const map = { name: 'look_up.json', layout: 'map', columns: ['domain', 'ein'], required: ['domain', 'ein'] } as const

describe('values', () => {
  test.each(blocks)('keep their text, in blocks of %i', (blockBytes) => {
    const values = '"id": 12.50, "name": "a\\"\\u00e9\\ud83d\\ude00\\n/", "amount": 1e400'
    const more = '"ID ": -0, "plan  type": {"x": [1.0, "é"]}, "t": true, "f": false, "n": null, "e": "", "__proto__": 7'
    const [record] = read(`[{${values}, ${more}}]`, { ...json, blockBytes }).records
    expect(record?.cells).toEqual(['-0', 'a"é😀\n/', '1e400'])
    expect(Object.entries(record?.named ?? {})).toEqual([
      ['id', '-0'],
      ['name', 'a"é😀\n/'],
      ['amount', '1e400'],
      ['plan_type', '{"x": [1.0, "é"]}'],
      ['t', 'true'],
      ['f', 'false'],
      ['n', null],
      ['e', ''],
      ['__proto__', '7'],
    ])
  })

  test('are null where a record lacks them, and names may stand in any order', () => {
    const seen = read('[{"id":1,"name":null},{"amount":2,"name":"b","id":"c"},{}]', json)
    expect(seen.records.map((record) => record.cells)).toEqual([
      ['1', null, null],
      ['c', 'b', '2'],
      [null, null, null],
    ])
    expect(seen.summary).toMatchObject({ format: 'json', delimiter: null, columns: ['id', 'name', 'amount'], rows: 3 })
  })

  test('under names with escapes and beyond ASCII are found', () => {
    // The second column's name is what the bytes of the first one's look like when they are not decoded.
    const columns = ['id', 'größe', 'grã¶ã\u009fe']
    const content = '{"i\\u0064":1,"gr\u00c3\u00b6\u00c3\u009fe":2}\n{"id":3,"größe":4}\n{"id":5,"GR\\u00d6ße":6}\n'
    const seen = read(content, { ...lines, columns, required: ['id'] })
    expect(seen.records.map((record) => record.cells)).toEqual([
      ['1', null, '2'],
      ['3', '4', null],
      ['5', '6', null],
    ])
  })
})

describe('lines', () => {
  test.each(blocks)('are numbered as in the file, blank ones too, in blocks of %i', (blockBytes) => {
    const content = Buffer.from('\uFEFF\n{"id":1,"name":"é"}\r\n \t\r\n  {"id":2,"name":"b"} \r{"id":3,"name":"c"}')
    const seen = read(content, { ...lines, blockBytes })
    expect(seen.records.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [2, '1'],
      [4, '2'],
      [5, '3'],
    ])
    for (const { raw, offset, length } of seen.records)
      expect(raw).toBe(content.toString('utf8', offset, offset + length))
    expect(seen.records[1]?.raw).toBe('  {"id":2,"name":"b"} ')
    expect(seen.summary.format).toBe('ndjson')
  })

  test.each([
    ['{"id":2', /is cut off at byte 8 of the line/],
    ['{"id":2,}', /lacks a name in quotes at byte 9/],
    ['{"id":2 "name":3}', /lacks a comma or a closing brace at byte 9/],
    ['{"id" 2}', /lacks a colon at byte 7/],
    ['{id:2}', /lacks a name in quotes at byte 2/],
    ['{"id":02}', /has a value that is no JSON at byte 7/],
    ['{"id":2.}', /no JSON/],
    ['{"id":+2}', /no JSON/],
    ['{"id":2e}', /no JSON/],
    ['{"id":NaN}', /no JSON/],
    ['{"id":nul}', /no JSON/],
    ['{"id":tru', /is cut off/],
    ['{"id":}', /no JSON/],
    ["{'id':2}", /lacks a name in quotes/],
    ['{"id":"a\tb"}', /control character/],
    ['{"id":"\\x"}', /unknown escape/],
    ['{"id":"\\u00g0"}', /unknown escape/],
    ['{"id":"\\u00', /is cut off/],
    ['{"id":"\\', /is cut off/],
    ['{"id":[1,2}', /lacks a comma or a closing bracket/],
    ['{"id":2} {"id":3}', /has text behind the JSON object at byte 10/],
    ['[{"id":2}]', /is not a JSON object/],
    ['"text"', /is not a JSON object/],
    ['2', /is not a JSON object/],
  ])('%s is unparsable and costs itself', (line, detail) => {
    const content = `{"id":1,"name":"a"}\n${line}\n{"id":3,"name":"c"}\n`
    for (const blockBytes of blocks) {
      const seen = read(content, { ...lines, blockBytes })
      expect(seen.records.map((record) => record.line)).toEqual([1, 3])
      expect(seen.bad).toEqual([
        {
          line: 2,
          offset: 20,
          length: line.length,
          rule: 'unparsable',
          raw: line,
          detail: expect.stringMatching(detail),
          header: null,
        },
      ])
    }
  })

  test('that are nested very deeply are unparsable', () => {
    const nested = `${'['.repeat(300)}${']'.repeat(300)}`
    const seen = read(`{"id":${nested}}\n{"id":1,"name":"a"}\n`, lines)
    expect(seen.order).toEqual([-1, 2])
    expect(seen.bad[0]?.detail).toMatch(/nested deeper than 200 levels/)
  })

  test('that are too long are cut', () => {
    const content = `{"id":1,"name":"a"}\n{"id":2,"name":"${'b'.repeat(5000)}"}\n{"id":3,"name":"c"}\n`
    for (const blockBytes of blocks) {
      const seen = read(content, { ...lines, blockBytes, maxRecordBytes: 40 })
      expect(seen.order).toEqual([1, -2, 3])
      expect(seen.bad[0]).toMatchObject({ length: 5018, raw: `{"id":2,"name":"${'b'.repeat(24)}` })
      expect(seen.bad[0]?.detail).toMatch(/^is longer than 40 bytes/)
    }
  })

  test('may be in a .json file, and there may be none', () => {
    expect(read('{"id":1,"name":"a"}\n{"id":2,"name":"b"}\n', json).summary).toMatchObject({
      format: 'ndjson',
      rows: 2,
    })
    expect(read('', { name: 'feed.jsonl' }).summary).toMatchObject({ format: 'ndjson', rows: 0 })
  })
})

describe('arrays', () => {
  const neighbours = (element: string, gap = ' ') =>
    `[{"id":1,"name":"a"},${gap}${element},${gap}{"id":3,"name":"c"},${gap}{"id":4,"name":"d"}]`

  test.each(blocks)('have records by their position, in blocks of %i', (blockBytes) => {
    const content = Buffer.from(
      '\uFEFF \n[\n{"id":1,"name":"é"} ,{"id":2,"name":"}, {"}\r\n,{\n"id":3,"name":"c"\n}\n]\n',
    )
    const seen = read(content, { ...json, blockBytes })
    expect(seen.records.map(({ line, cells }) => [line, cells[0], cells[1]])).toEqual([
      [1, '1', 'é'],
      [2, '2', '}, {'],
      [3, '3', 'c'],
    ])
    expect(seen.bad).toEqual([])
    for (const { raw, offset, length } of seen.records)
      expect(raw).toBe(content.toString('utf8', offset, offset + length))
  })

  test.each([
    ['a bare word', '{"id":2,"name":b}'],
    ['a comma too many', '{"id":2,"name":"b",}'],
    ['nested objects, and a comma too many', '{"id":2,"x":[{"id":7,"name":"x"},{"id":8,"name":"y"}],}'],
    ['a stray quote in a value', '{"id":2,"name":"b"c"}'],
    ['a lone quote in a value', '{"id":2,"name":"b"c","amount":5}'],
    ['a value that is not closed', '{"id":2,"name":"b}'],
    ['a value in the middle that is not closed', '{"id":2,"name":"b,"amount":"5"}'],
    ['a name that is not closed', '{"id":2,"name:"b"}'],
    ['a brace too few', '{"id":2,"name":"b"'],
    ['a bracket too few', '{"id":2,"name":[1,2}'],
    ['no object but a number', '2'],
    ['no object but a text', '"b"'],
    ['no object but a list', '[{"id":2},{"id":3}]'],
    ['no object but rubbish', 'rubbish'],
    ['NaN', '{"id":2,"amount":NaN}'],
  ])('hold back an element with %s alone', (_, element) => {
    for (const gap of [' ', '', '\n', '\r\n  '])
      for (const blockBytes of blocks)
        expect(pieces(neighbours(element, gap), { ...json, blockBytes })).toEqual(['1', `-${element}`, '3', '4'])
  })

  test.each([
    ['a missing comma', '[{"id":1,"name":"a"} {"id":2}]', ['1', '2']],
    ['a comma at the end', '[{"id":1,"name":"a"},]', ['1']],
    ['two commas', '[{"id":1,"name":"a"},,{"id":2}]', ['1', '-', '2']],
    ['rubbish behind an element', '[{"id":1,"name":"a"}x,{"id":2,"name":"b"}]', ['-{"id":1,"name":"a"}x', '2']],
    ['rubbish behind the end', '[{"id":1,"name":"a"}] x', ['1', '-x']],
    ['a bracket too many', '[{"id":1,"name":"a"}],{"id":2}]', ['1', '-', '2']],
    ['an object that is not closed at the end', '[{"id":1,"name":"a"},{"id":2]', ['1', '-{"id":2']],
    ['a cut in an element', '[{"id":1,"name":"a"},{"id":2,"na', ['1', '-{"id":2,"na']],
    ['a cut in a string with brackets', '[{"id":1,"name":"a"},{"id":2,"name":"]', ['1', '-{"id":2,"name":"]']],
    ['a cut behind an element', '[{"id":1,"name":"a"}\n', ['1', '-']],
    ['a cut behind a comma', '[{"id":1,"name":"a"},', ['1', '-']],
    ['nothing but a bracket', '[', ['-']],
    ['nothing', '[]', []],
  ])('come through %s', (_, content, expected) => {
    for (const blockBytes of blocks) expect(pieces(content, { ...json, blockBytes })).toEqual(expected)
  })

  test('pass over an element that is too long, with its brackets', () => {
    const long = `{"id":2,"x":[${'{"id":9,"name":"]}"},'.repeat(500)}"é"]}`
    for (const blockBytes of blocks) {
      const seen = read(neighbours(long), { ...json, blockBytes, maxRecordBytes: 50 })
      expect(seen.order).toEqual([1, -2, 3, 4])
      expect(seen.bad[0]).toMatchObject({ length: Buffer.byteLength(long), raw: long.slice(0, 50) })
    }
  })
})

test('an element that is too long and broken as well is passed over alone', () => {
  const long = `{"id":"${'x'.repeat(500)}","name":"b}`
  for (const blockBytes of blocks) {
    const content = `[{"id":1,"name":"a"}, ${long}, {"id":3,"name":"c"}]`
    const seen = read(content, { ...json, blockBytes, maxRecordBytes: 50 })
    expect(seen.order).toEqual([1, -2, 3])
    expect(seen.bad[0]).toMatchObject({ length: long.length, raw: long.slice(0, 50) })
  }
})

describe('maps', () => {
  test.each(blocks)('are read as records of two columns, in blocks of %i', (blockBytes) => {
    const content = '{\n"Co é.com": "11",\n"__proto__": 2.50, "n": null,"x":{"y":[1]} }\n'
    const seen = read(content, { ...map, blockBytes })
    expect(seen.records.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'Co é.com', '11'],
      [2, '__proto__', '2.50'],
      [3, 'n', null],
      [4, 'x', '{"y":[1]}'],
    ])
    expect(seen.records[0]).toMatchObject({
      raw: '"Co é.com": "11"',
      offset: 2,
      named: { domain: 'Co é.com', ein: '11' },
    })
    expect(seen.summary).toMatchObject({ format: 'json map', columns: ['domain', 'ein'], rows: 4 })
  })

  test.each([
    ['a value without its end', '{"a": "1",\n"b": "2,\n"c": "3"}', ['a', '-"b": "2,', 'c']],
    ['a bare value', '{"a": "1", "b": x, "c": "3"}', ['a', '-"b": x', 'c']],
    ['a bare name', '{"a": "1", b: "2", "c": "3"}', ['a', '-b: "2"', 'c']],
    ['no value', '{"a": "1", "b", "c": "3"}', ['a', '-"b"', 'c']],
    ['a stray quote', '{"a": "1",\n"b": "2"2",\n"c": "3"}', ['a', '-"b": "2"2",', 'c']],
    ['a cut', '{"a": "1", "b": "2', ['a', '-"b": "2']],
    ['a cut between', '{"a": "1"', ['a', '-']],
    ['nothing', '{}', []],
  ])('come through %s', (_, content, expected) => {
    for (const blockBytes of blocks) expect(pieces(content, { ...map, blockBytes })).toEqual(expected)
  })

  test.each(['[{"a":1}]', '"a"', '', 'a,b\n'])('are not %s', (content) => {
    expect(failureOf(() => read(content, map))).toMatchObject({
      code: 'FILE_REJECTED',
      message: 'look_up.json is not a JSON object.',
    })
  })
})

describe('a file is rejected', () => {
  test('of which no record has a required column', () => {
    for (const [content, options] of [
      ['[{"id":1},{"id":2,"nam":3}]', json],
      ['{"id":1}\n{"id":2,"nam":3}\n', lines],
    ] as const) {
      const error = failureOf(() => read(content, options))
      expect(error.code).toBe('FILE_REJECTED')
      expect(error.message).toMatch(
        /lacks the required column name; name was most likely renamed to nam; it has id, nam\.$/,
      )
    }
  })

  test('but not when only some have it, when there are none, or when none can be read', () => {
    expect(read('[{"id":1},{"name":null}]', json).records).toHaveLength(2)
    expect(read('[ ]', json).summary.rows).toBe(0)
    expect(read('{"id":\n', lines).bad).toHaveLength(1)
  })

  test('when a .json file is empty', () => {
    expect(failureOf(() => read(' \n', json)).message).toMatch(/is empty/)
  })
})
