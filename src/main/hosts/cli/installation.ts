import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder that Assay itself lies in. Searched for upwards, since a bundled copy of this file lies elsewhere than its source. */
export const installationFolder = findUpwards(import.meta.dirname)

/** The project that is used when none is named. */
export const builtInProject = join(installationFolder, 'resources', 'projects', 'benefits')

/** The file to start another host by: its source in a checkout, its bundle where the sources are absent. */
export function hostEntry(host: 'web'): string {
  const source = join(installationFolder, 'src', 'main', 'hosts', host, 'main.ts')
  return existsSync(source) ? source : join(installationFolder, 'out', 'main', `${host}.js`)
}

function findUpwards(folder: string): string {
  return existsSync(join(folder, 'package.json')) || dirname(folder) === folder ? folder : findUpwards(dirname(folder))
}
