import { execFile } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '../../kernel/app-error.ts'
import { installationFolder } from '../engine/installation-folder.ts'

const pageFolder = join(installationFolder, 'out', 'renderer')

/** What the page is made of, as far as it changes between two builds. */
const sources = ['src/renderer', 'src/main/protocol', 'src/main/features', 'src/main/kernel', 'electron.vite.config.ts']

/** The folder of the workbench's page; in a checkout it is built first where it is missing or older than its sources. */
export async function ensureRendererBuilt(): Promise<string> {
  const builder = join(installationFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const hasSources = existsSync(join(installationFolder, 'src', 'renderer')) && existsSync(builder)
  if (!hasSources || isFresh()) return pageFolder
  process.stderr.write('Building the page, once …\n')
  await build(builder)
  return pageFolder
}

function isFresh(): boolean {
  const built = statSync(join(pageFolder, 'index.html'), { throwIfNoEntry: false })
  return built !== undefined && sources.every((source) => newestIn(join(installationFolder, source)) <= built.mtimeMs)
}

function newestIn(path: string): number {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

/** Builds aside and renames, so that neither an interrupted build nor two at once leave half a page behind. */
async function build(builder: string): Promise<void> {
  const aside = join(installationFolder, 'out', `building-${process.pid}`)
  const args = [
    builder,
    'build',
    '--mode',
    'renderer',
    '--ignoreConfigWarning',
    '--logLevel',
    'error',
    '--outDir',
    aside,
  ]
  try {
    const env = { ...process.env, NODE_ENV: 'production' }
    await promisify(execFile)(process.execPath, args, { cwd: installationFolder, env })
    rmSync(pageFolder, { recursive: true, force: true })
    renameSync(join(aside, 'renderer'), pageFolder)
  } catch (cause) {
    throw new AppError('ENVIRONMENT', 'The page of the workbench could not be built.', {
      place: { file: pageFolder },
      saved: 'Nothing was changed.',
      hint: 'See what `npm run build` says; `npm ci` brings back what it needs.',
      cause,
    })
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}
