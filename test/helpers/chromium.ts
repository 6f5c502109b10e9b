import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import packaged from '@sparticuz/chromium'
import type { LaunchOptions } from '@playwright/test'

const cache = resolve(import.meta.dirname, '../../node_modules/.cache')

// The package is made for a serverless host. These of its switches would make the browser less than a user's: one process
// for everything dies with the first closed context, and no web security would hide what our headers break.
const notLikeUsers =
  /^--(single-process|disable-web-security|allow-running-insecure-content|disable-site-isolation-trials|disable-features|headless|use-gl|use-angle|in-process-gpu|ignore-gpu-blocklist|enable-unsafe-swiftshader)\b/

/** How to start Chromium here: `CHROME_PATH` if set, the one that npm brought on Linux, the installed Chrome elsewhere. */
export async function chromiumOptions(): Promise<LaunchOptions> {
  const chosen = process.env['CHROME_PATH']
  if (chosen) return { executablePath: chosen }
  if (process.platform !== 'linux') return { channel: 'chrome' }
  const folder = await unpackChromium()
  return {
    executablePath: join(folder, 'chromium'),
    args: [...packaged.args.filter((argument) => !notLikeUsers.test(argument)), '--disable-gpu'],
    env: { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

/** Unpacks aside and renames, so that neither an interrupted start nor two at once leave half a browser behind. */
async function unpackChromium(): Promise<string> {
  const folder = join(cache, `chromium-${packagedVersion()}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const aside = mkdtempSync(join(cache, 'chromium-unpacking-'))
  const temporary = process.env['TMPDIR']
  // The package unpacks into the temp folder and takes whatever already lies there for its own: give it an empty one.
  process.env['TMPDIR'] = aside
  try {
    await packaged.executablePath()
    writeFileSync(join(aside, 'fonts.conf'), fontsOf(folder))
    renameSync(aside, folder)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  } finally {
    if (temporary === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = temporary
  }
  return folder
}

/** The machine's fonts, and those of the package: on a machine that has none, no text would be drawn at all. */
function fontsOf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`
}

function packagedVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8')) as { version: string }
  return version
}
