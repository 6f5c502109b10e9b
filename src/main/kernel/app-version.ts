import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { resourcesFolder } from './resources-folder.ts'

/** The version of this installation. */
export function appVersion(): string {
  const path = join(dirname(resourcesFolder()), 'package.json')
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}
