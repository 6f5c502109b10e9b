import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { installationFolder } from '../engine/installation-folder.ts'

/** The project that is used when none is named. */
export const builtInProject = join(installationFolder, 'resources', 'projects', 'benefits')

/** The file to start another host by: its source in a checkout, its bundle where the sources are absent. */
export function hostEntry(host: 'web'): string {
  const source = join(installationFolder, 'src', 'main', 'hosts', host, 'main.ts')
  return existsSync(source) ? source : join(installationFolder, 'out', 'main', `${host}.js`)
}
