import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder `resources` of this installation: found upwards from here, since the built program lies elsewhere than its sources. */
export function resourcesFolder(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'resources')
    if (existsSync(join(candidate, 'migrations'))) return candidate
  }
  throw new Error(`no folder resources/migrations above ${import.meta.dirname}`)
}
