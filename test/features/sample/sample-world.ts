import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateSample } from '../../../src/main/features/sample/generate-sample.ts'
import type { SampleSpec } from '../../../src/main/features/sample/sample-schema.ts'

export const benefits = join(import.meta.dirname, '../../../resources/projects/benefits')

/** A new folder of its own. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'assay-sample-'))
}

/** A project folder with this sample.yml. */
export function projectOf(yaml: string): string {
  const folder = freshFolder()
  writeFileSync(join(folder, 'sample.yml'), yaml)
  return folder
}

/** The bytes of a sample, by file name. */
export function sampleOf(spec: SampleSpec, rows: number, seed = 7): Map<string, Buffer> {
  const out = freshFolder()
  generateSample({ spec, rows, seed, out })
  return filesIn(out)
}

/** The bytes of all files of a folder, by name. */
export function filesIn(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]))
}

/** The lines of a file, whatever their ends and encoding. */
export function linesOf(bytes: Buffer | undefined): string[] {
  if (bytes === undefined) throw new Error('no such file')
  const text = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('latin1')
  return text.split(/\r\n|\n|\r/)
}

/** A small sample file: shops, each with a few orders. */
export const shops = `
as_of: 2022-12-31
nulls: { '': 1 }
lists: { words: [red, green, blue] }
tables:
  shops:
    rows: 3
    columns:
      code: { sequence: { prefix: S } }
      weight: { choice: { 1: 1, 3: 1 } }
  orders:
    rows: all
    columns:
      number: { sequence: { prefix: O, digits: 4 } }
      shop: { pick: { from: shops, weight: weight } }
      day: { date: { from: 2022-01-01, to: 2022-12-31 } }
      amount: { money: { median: 20, spread: 0.5 } }
      note: { any_of: { lists: [words] }, null_share: 0.5 }
feeds:
  orders:
    table: orders
    fields:
      number: {}
      shop: { column: shop.code }
      day: { styles: { M/D/YYYY: 1 } }
      amount: { styles: { '$1,234.50': 1 } }
      note: {}
    files:
      - { name: orders.csv, share: 1, format: csv }
`
