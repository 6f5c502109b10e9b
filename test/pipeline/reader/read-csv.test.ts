import { describe, expect, test } from 'vitest'
import { failureOf, read } from './reader-world.ts'

function cellsOf(content: string | Buffer, options = {}): (readonly (string | null)[])[] {
  return read(content, options).records.map((record) => record.cells)
}

describe('records', () => {
  test.each([
    ['line feeds', 'id,name,amount\n1,a,2\n3,b,4\n'],
    ['pairs', 'id,name,amount\r\n1,a,2\r\n3,b,4\r\n'],
    ['carriage returns', 'id,name,amount\r1,a,2\r3,b,4\r'],
    ['no last line end', 'id,name,amount\n1,a,2\n3,b,4'],
    ['quotes around all', '"id","name","amount"\n"1","a","2"\n"3","b","4"'],
    ['semicolons', 'id;name;amount\n1;a;2\n3;b;4\n'],
    ['tabs', 'id\tname\tamount\n1\ta\t2\n3\tb\t4\n'],
    ['bars', 'id|name|amount\n1|a|2\n3|b|4\n'],
    ['another order and more columns', 'more,amount,name,id\nx,2,a,1\nx,4,b,3\n'],
    ['names in other spelling', ' ID ,Name,AMOUNT\n1,a,2\n3,b,4\n'],
  ])('are read with %s', (_, content) => {
    const seen = read(content)
    expect(seen.records.map((record) => record.cells)).toEqual([
      ['1', 'a', '2'],
      ['3', 'b', '4'],
    ])
    expect(seen.records.map((record) => record.line)).toEqual([2, 3])
    expect(seen.summary.rows).toBe(2)
  })

  test('have the physical line on which they start, with mixed line ends and blank lines', () => {
    const seen = read('\n  \r\nid,name\r1,a\n\n\t \r\n2,"b\r\nb\rb\nb"\r3,c\r\n')
    expect(seen.records.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [4, '1'],
      [7, '2'],
      [11, '3'],
    ])
  })

  test('have cells as delivered: not trimmed, quotes undone, line ends kept', () => {
    expect(cellsOf('id,name,amount\n 1 ,"say ""hi"", ""ho""",\n2," x\r\ny ",""\n')).toEqual([
      [' 1 ', 'say "hi", "ho"', ''],
      ['2', ' x\r\ny ', ''],
    ])
  })

  test('may have quotes inside unquoted cells', () => {
    expect(cellsOf('id,name\n1,5" pipe\n2, "x"\n3,a"b"c"\n')).toEqual([
      ['1', '5" pipe', null],
      ['2', ' "x"', null],
      ['3', 'a"b"c"', null],
    ])
  })

  test('lack what the file lacks', () => {
    expect(cellsOf('id,name\n1,a\n')).toEqual([['1', 'a', null]])
  })

  test('have all delivered columns by name, without those of the prototype', () => {
    const [record] = read('id,name,__proto__,Plan  Type,constructor\n1,a,"p""",q,r\n').records
    expect(Object.entries(record?.named ?? {})).toEqual([
      ['id', '1'],
      ['name', 'a'],
      ['__proto__', 'p"'],
      ['plan_type', 'q'],
      ['constructor', 'r'],
    ])
  })

  test('have their exact text and place', () => {
    const content = Buffer.from('\uFEFFid,name\r\n1,"é\nü"\r\n2,b')
    for (const { raw, offset, length } of read(content).records)
      expect(raw).toBe(content.toString('utf8', offset, offset + length))
  })

  test('that are only white space are skipped, also in a file with tabs', () => {
    expect(cellsOf('id\tname\n\t\n1\ta\n \t \n\u00a0\u2003\n')).toEqual([['1', 'a', null]])
  })
})

describe('bad records', () => {
  test.each([
    ['a quote that is never closed', '"x,2', 'unparsable', /never closed/],
    ['text behind a closing quote', '1,"a"b,3', 'unparsable', /behind the closing quote of cell 2/],
    ['a space behind a closing quote', '1,"a" ,3', 'unparsable', /behind the closing quote of cell 2/],
    ['a lone quote in the first cell', '",a,3', 'unparsable', /never closed/],
    ['a lone quote in the last cell', '1,a,"', 'unparsable', /never closed/],
    ['three quotes', '1,""",3', 'unparsable', /never closed/],
    ['too few cells', '1,a', 'wrong_number_of_fields', /^has 2 cells, the header has 3$/],
    ['one cell', '1', 'wrong_number_of_fields', /^has 1 cell, the header has 3$/],
    ['too many cells', '1,a,3,', 'wrong_number_of_fields', /^has 4 cells, the header has 3$/],
    ['too many lines', '1,"a\nb",3,4,5', 'wrong_number_of_fields', /^has 5 cells, the header has 3$/],
  ])('with %s cost one line', (_, line, rule, detail) => {
    const seen = read(`id,name,amount\r\n1,a,2\r\n${line}\r\n3,b,4\r\n5,c,6\r\n`)
    const [first] = line.split('\n')
    expect(seen.bad[0]).toEqual({
      line: 3,
      offset: 23,
      length: first?.length,
      rule,
      raw: first,
      detail: expect.stringMatching(detail),
      header: { delimiter: ',', columns: ['id', 'name', 'amount'] },
    })
    // The second line of a record that broke is a record of its own, and here a bad one.
    expect(seen.bad).toHaveLength(line.includes('\n') ? 2 : 1)
    expect(seen.records.map((record) => record.cells)).toEqual([
      ['1', 'a', '2'],
      ['3', 'b', '4'],
      ['5', 'c', '6'],
    ])
    expect(seen.summary.rows).toBe(seen.records.length + seen.bad.length)
  })

  test('come in the order of the file', () => {
    expect(read('id,name\nx\n1,a\ny\nz\n2,b\n').order).toEqual([-2, 3, -4, -5, 6])
  })

  test('that are longer than allowed cost themselves, and those as long as allowed nothing', () => {
    const name = 'x'.repeat(97)
    const content = `id,name\n1,${name}y\n2,${name}yy\n3,"${name.slice(0, 50)}\n${name}"\n4,a\n`
    for (const blockBytes of [1, 7, 100, 4096]) {
      const seen = read(content, { maxRecordBytes: 100, blockBytes })
      expect(seen.records.map((record) => record.cells[0])).toEqual(['1', '4'])
      expect(seen.bad.map(({ line, length, raw, rule, detail }) => [line, length, raw, rule, detail])).toEqual([
        [3, 101, `2,${name}y`, 'unparsable', 'is longer than 100 bytes; only its beginning is kept'],
        [4, 53, `3,"${name.slice(0, 50)}`, 'unparsable', 'is longer than 100 bytes: a quote in it may never be closed'],
        [5, 98, `${name}"`, 'wrong_number_of_fields', 'has 1 cell, the header has 2'],
      ])
    }
  })

  test('that are very long are not kept in memory, and are never cut inside a character', () => {
    const long = 'é'.repeat(200_000)
    const seen = read(`id,name\n1,a\n2x${long}\n3,c\n`, { maxRecordBytes: 1001, blockBytes: 512 })
    expect(seen.records.map((record) => record.line)).toEqual([2, 4])
    expect(seen.bad[0]?.raw).toBe(`2x${'é'.repeat(499)}`)
    expect(seen.bad[0]?.length).toBe(400_002)
  })

  test('with a quote that opens on every line are each told of, however many there are', () => {
    const lines = 200_000
    const seen = read(`id,name\n${'b","\n'.repeat(lines)}1,a\n`, { blockBytes: 1 << 16 })
    expect(seen.bad).toHaveLength(lines)
    expect(seen.records.map((record) => record.line)).toEqual([lines + 2])
  })
})

describe('a file is rejected', () => {
  test.each([
    ['empty', '', /is empty/],
    ['blank', ' \n\t\r\n', /is empty/],
    ['only a byte order mark', '\uFEFF', /is empty/],
    ['a missing column', 'id,title\n1,a\n', /lacks the required column name; it has id, title/],
    ['missing columns', 'a;b\n1;a\n', /lacks the required columns id, name; it has a, b/],
    ['a renamed column', 'id,nme\n1,a\n', /column name; name was most likely renamed to nme; it has id, nme/],
    ['a column that stands twice', 'id,name,Id \n1,a,2\n', /more than one column id/],
    ['two columns without a name', 'id,name,,\n1,a,,\n', /more than one column \(without a name\)/],
    ['a header that is not closed', '"id,name\n1,a\n', /a header on line 1 that cannot be read/],
    ['a NUL', 'id,name\n1,a\0\n', /is not text: it has a NUL at byte 11/],
  ])('with %s', (_, content, message) => {
    const error = failureOf(() => read(content))
    expect(error.code).toBe('FILE_REJECTED')
    expect(error.message).toMatch(message)
    expect(error.place).toEqual({ file: 'feed.csv' })
  })

  test('but not with a header alone', () => {
    expect(read('id,name\n').summary).toMatchObject({ format: 'csv', delimiter: ',', columns: ['id', 'name'], rows: 0 })
  })

  test('but not for a delimiter inside the quotes of a name', () => {
    expect(read('"id";"name";"a,b"\n1;2;3').summary).toMatchObject({ delimiter: ';', columns: ['id', 'name', 'a,b'] })
  })

  test('but not for a header of several lines', () => {
    expect(read('id,"na\nme"\n1,2', { required: ['id', 'na_me'] }).order).toEqual([3])
  })
})
