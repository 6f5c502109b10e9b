import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { now } from '../../kernel/clock.ts'
import { installationFolder } from '../engine/installation-folder.ts'
import { printNotice } from './output/print.ts'

const packages = join(installationFolder, 'node_modules')

/** An app that ends with an error this soon has shown no window: a sandbox, a library or a display was missing. */
const startSeconds = 10

const downloadMilliseconds = 180_000

/** Opens the desktop app and waits until it is closed; returns its exit code, null where this machine cannot show it. */
export async function openDesktop(options: { project: string; workspace: string }): Promise<number | null> {
  if (!hasDisplay()) return null
  const electron = findElectron() ?? (await fetchElectron())
  if (electron === null || !(await buildDesktop())) return null
  const started = now()
  const folders = ['--project', resolve(options.project), '--workspace', resolve(options.workspace)]
  const code = await runQuietly(electron, [installationFolder, ...folders])
  if (code !== 0 && now() - started < startSeconds * 1000) {
    printNotice('The desktop app cannot start on this machine; opening the local web page instead.')
    return null
  }
  return code
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
}

/** The path of the Electron program; found by its files, since importing `electron` would download it. */
function findElectron(): string | null {
  const pathFile = join(packages, 'electron', 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(packages, 'electron', 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(program) ? program : null
}

async function fetchElectron(): Promise<string | null> {
  const installer = join(packages, 'electron', 'install.js')
  if (!existsSync(installer)) return null
  printNotice('Fetching the desktop app, once …')
  const code = await runQuietly(process.execPath, [installer], downloadMilliseconds)
  const program = code === 0 ? findElectron() : null
  if (program === null) printNotice('It cannot be fetched now; opening the local web page instead.')
  return program
}

/** Bundles the desktop app in a checkout; an installed one comes bundled. */
async function buildDesktop(): Promise<boolean> {
  const builder = join(packages, 'electron-vite', 'bin', 'electron-vite.js')
  if (!existsSync(builder)) return existsSync(join(installationFolder, 'out', 'main', 'desktop.js'))
  const code = await runQuietly(process.execPath, [builder, 'build'])
  if (code !== 0)
    printNotice('The desktop app cannot be built (npm run build says why); opening the local web page instead.')
  return code === 0
}

/** Runs a program whose own chatter nobody needs (ASSAY_DEBUG=1 shows it); one that cannot be started counts as failed. */
function runQuietly(program: string, args: readonly string[], timeout?: number): Promise<number> {
  return new Promise((finish) => {
    const child = spawn(program, args, {
      cwd: installationFolder,
      stdio: process.env['ASSAY_DEBUG'] === '1' ? 'inherit' : 'ignore',
      timeout,
    })
    child.once('error', () => finish(1))
    child.once('exit', (code) => finish(code ?? 1))
  })
}
