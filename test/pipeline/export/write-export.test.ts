import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Column } from '../../../src/main/kernel/column-type.ts'
import { writeExport, type ExportFileFormat } from '../../../src/main/pipeline/export/write-export.ts'
import { peakOf } from '../../helpers/peak-of.ts'
import { everyType, freshFolder } from './export-world.ts'

const row = ['Ana', 7, 1, 19_358, 1_672_444_800_123, 123_456, -5]
const formats: readonly ExportFileFormat[] = ['csv', 'parquet', 'xlsx']

function* repeated(count: number): Generator<readonly unknown[]> {
  for (let number = 0; number < count; number += 1)
    yield [`Ana ${number}`, number, number % 2, number % 30_000, number, number, -number]
}

describe.each(formats)('writing %s', (format) => {
  test('reports the path, rows and bytes, and leaves nothing else behind', () => {
    const folder = join(freshFolder(), 'made', 'on', 'the way')
    const written = writeExport({ folder, name: 'table', columns: everyType, rows: [row, row], format })
    expect(written).toEqual({ path: join(folder, `table.${format}`), rows: 2, bytes: lstatSync(written.path).size })
    expect(readdirSync(folder)).toEqual([`table.${format}`])
  })

  test('the same rows give the same bytes', () => {
    const [first, second] = [0, 1].map(() =>
      readFileSync(
        writeExport({ folder: freshFolder(), name: 'table', columns: everyType, rows: repeated(20_000), format }).path,
      ),
    )
    expect(first).toEqual(second)
  })

  test('an earlier file stays whole when the rows end in an error', () => {
    const folder = freshFolder()
    const { path } = writeExport({ folder, name: 'table', columns: everyType, rows: [row], format })
    const before = readFileSync(path)
    function* broken(): Generator<readonly unknown[]> {
      yield* repeated(50_000)
      throw new Error('the disk of the workspace failed')
    }
    expect(() => writeExport({ folder, name: 'table', columns: everyType, rows: broken(), format })).toThrow(
      'the disk of the workspace failed',
    )
    expect(readFileSync(path)).toEqual(before)
    expect(readdirSync(folder)).toEqual([`table.${format}`])
  })

  test('what a crash left aside is replaced; links are replaced, never followed', () => {
    const folder = freshFolder()
    const elsewhere = join(freshFolder(), 'precious.txt')
    writeFileSync(elsewhere, 'precious')
    symlinkSync(elsewhere, join(folder, `table.${format}`))
    symlinkSync(elsewhere, join(folder, `.table.${format}.partial`))
    const { path } = writeExport({ folder, name: 'table', columns: everyType, rows: [row], format })
    expect(readFileSync(elsewhere, 'utf8')).toBe('precious')
    expect(lstatSync(path).isFile()).toBe(true)
    expect(existsSync(join(folder, `.table.${format}.partial`))).toBe(false)
  })

  test('a value that its column cannot hold is the fault of the model', () => {
    const columns: Column[] = [{ name: 'amount', type: 'money' }]
    expect(() => writeExport({ folder: freshFolder(), name: 'table', columns, rows: [[1.5]], format })).toThrow(
      expect.objectContaining({ code: 'MODEL_FAILED', message: '1.5 is not a value of type money.' }),
    )
  })

  test("a folder in the target's place is an error that names it", () => {
    const folder = freshFolder()
    mkdirSync(join(folder, `table.${format}`, 'full'), { recursive: true })
    expect(() => writeExport({ folder, name: 'table', columns: everyType, rows: [row], format })).toThrow(
      expect.objectContaining({ code: 'ENVIRONMENT', place: { file: join(folder, `table.${format}`) } }),
    )
    expect(readdirSync(folder)).toEqual([`table.${format}`])
  })

  test('a full disk is named, and the earlier file is kept', () => {
    const folder = freshFolder()
    writeFileSync(join(folder, `table.${format}`), 'earlier')
    // The limit of the shell counts blocks of 1 KiB; the signal that goes with it is ignored, as Node does.
    const script = `ulimit -f 100; exec "$0" "$1" "$2" "$3"`
    const output = execFileSync(
      'bash',
      ['-c', script, process.execPath, join(import.meta.dirname, 'export-until-full.ts'), folder, format],
      {
        encoding: 'utf8',
      },
    )
    expect(JSON.parse(output)).toEqual({ code: 'DISK_FULL', file: join(folder, `table.${format}`) })
    expect(readdirSync(folder)).toEqual([`table.${format}`])
    expect(readFileSync(join(folder, `table.${format}`), 'utf8')).toBe('earlier')
  })

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('a folder without the right to write', () => {
    const folder = freshFolder()
    chmodSync(folder, 0o500)
    expect(() => writeExport({ folder, name: 'table', columns: everyType, rows: [row], format })).toThrow(
      expect.objectContaining({ code: 'PERMISSION' }),
    )
  })
})

// XLSX reaches its peak later; it has a test of its own.
test.each(['csv', 'parquet'])('memory does not grow with the rows of a %s', (format) => {
  const peak = (count: number) => peakOf(join(import.meta.dirname, 'export-peak.ts'), format, String(count))
  expect(peak(900_000)).toBeLessThan(peak(300_000) * 1.2)
})
