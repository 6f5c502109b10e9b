// Exports so many rows and prints the greatest resident size in KiB. Arguments: FORMAT ROWS.
import { writeExport } from '../../../src/main/pipeline/export/write-export.ts'
import { everyType, freshFolder } from './export-world.ts'

const [, , format, count] = process.argv

function* rows(): Generator<readonly unknown[]> {
  for (let number = 0; number < Number(count); number += 1)
    yield [`Person ${number}`, number, number % 2, number % 30_000, 1_660_000_000_000 + number, number * 7, -number]
}

writeExport({
  folder: freshFolder(),
  name: 'table',
  columns: everyType,
  rows: rows(),
  format: format === 'parquet' || format === 'xlsx' ? format : 'csv',
})
console.log(process.resourceUsage().maxRSS)
