import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')

const folders: string[] = []
// The engines that use them are stopped before the process of the tests ends.
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A new, empty folder outside of the project, gone when the tests have ended. */
export function newFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `assay-e2e-${name}-`))
  folders.push(folder)
  return folder
}

/** Runs a command of `assay` as a person would and gives what it printed. */
async function assay(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/assay.mjs', ...args], { cwd: root })
  return stdout
}

/** A folder of sample feeds with every kind of defect. */
export async function sampleFeeds(claims: number): Promise<string> {
  const folder = newFolder('feeds')
  await assay('sample', '--claims', String(claims), '--seed', '7', '--out', folder)
  return folder
}

/** A workspace in which these feeds have been run and published, by the built-in project where no other is named. */
export async function publishedWorkspace(feeds: string, projectFolder?: string): Promise<string> {
  const workspace = newFolder('workspace')
  const project = projectFolder === undefined ? [] : ['--project', projectFolder]
  await assay('run', '--input', feeds, '--workspace', workspace, '--as-of', '2022-12-31', '--json', ...project)
  return workspace
}

/** Runs feeds in a workspace that may have runs already. */
export async function runAgain(
  feeds: string,
  workspace: string,
  projectFolder: string,
  asOf = '2022-12-31',
): Promise<void> {
  const where = ['--input', feeds, '--workspace', workspace, '--project', projectFolder]
  await assay('run', ...where, '--as-of', asOf, '--json')
}

/** A copy of the built-in project, for what changes it. */
export function copiedProject(): string {
  const folder = newFolder('project')
  cpSync(join(root, 'resources/projects/benefits'), folder, { recursive: true })
  return folder
}

/** A folder with one feed of claims, every one of which breaks a rule. */
export function brokenClaims(count: number): string {
  const folder = newFolder('broken')
  const lines = ['claim_id,company_ein,service_date,amount,claim_type']
  for (let claim = 1; claim <= count; claim += 1) {
    const amount = claim % 2 === 0 ? `${claim}.2.3` : '10.00'
    const day = claim % 2 === 0 ? '2022-03-01' : '2022-13-01'
    lines.push(`B${claim},11-1111111,${day},${amount},Medical`)
  }
  writeFileSync(join(folder, 'claims.csv'), `${lines.join('\n')}\n`)
  return folder
}

/** A folder with one feed of these claims: `claim_id,company_ein,service_date,amount,claim_type`. */
export function claimsFeed(claims: readonly string[]): string {
  const folder = newFolder('claims')
  deliver(folder, 'claims.csv', claims)
  return folder
}

/** One more file of claims in a folder of feeds. */
export function deliver(folder: string, file: string, claims: readonly string[]): void {
  const header = 'claim_id,company_ein,service_date,amount,claim_type'
  writeFileSync(join(folder, file), `${[header, ...claims].join('\n')}\n`)
}
