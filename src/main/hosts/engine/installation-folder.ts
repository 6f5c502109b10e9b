import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder that Assay itself lies in. Searched for upwards, since a bundled copy of this file lies elsewhere than its source. */
export const installationFolder = findUpwards(import.meta.dirname)

function findUpwards(folder: string): string {
  return existsSync(join(folder, 'package.json')) || dirname(folder) === folder ? folder : findUpwards(dirname(folder))
}
