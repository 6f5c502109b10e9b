import { constants } from 'node:fs'
import { copyFile, mkdir, mkdtemp, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../kernel/app-error.ts'
import { today } from '../../kernel/clock.ts'

/** Makes an input folder of dropped things: one folder as it is, or copies of files in a fresh folder of the workspace's `incoming/`. */
export async function takeFiles(workspaceFolder: string, paths: readonly string[]): Promise<string> {
  const [first = ''] = paths
  if (paths.length === 1 && (await stat(first)).isDirectory()) return first
  const names = new Set<string>()
  for (const path of paths) {
    const name = basename(path)
    if (!(await stat(path)).isFile()) throw refused(path, `${name} is not a file`)
    if (names.has(name)) throw refused(path, `Two of the files have the name ${name}`)
    names.add(name)
  }
  const incoming = join(workspaceFolder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(incoming, `${today()}-`))
  for (const path of paths) await copyFile(path, join(folder, basename(path)), constants.COPYFILE_EXCL)
  return folder
}

function refused(path: string, what: string): AppError {
  return new AppError('INPUT_INVALID', `${what}.`, {
    place: { file: path },
    saved: 'Nothing was copied.',
    hint: 'Drop feed files of different names, or one folder that holds them.',
  })
}
