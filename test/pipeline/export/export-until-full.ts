// Exports more than the process may write, and prints how that ended. Arguments: FOLDER FORMAT.
import { AppError } from '../../../src/main/kernel/app-error.ts'
import { writeExport } from '../../../src/main/pipeline/export/write-export.ts'

const [, , folder = '', format] = process.argv

function* endless(): Generator<readonly unknown[]> {
  for (let number = 0; ; number += 1) yield [`${number} ${Math.sin(number)}`]
}

try {
  const columns = [{ name: 'words', type: 'text' }] as const
  writeExport({
    folder,
    name: 'table',
    columns,
    rows: endless(),
    format: format === 'parquet' || format === 'xlsx' ? format : 'csv',
  })
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.log(JSON.stringify({ code: error.code, file: error.place.file }))
}
