import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { generateSample } from '../../src/main/features/sample/generate-sample.ts'
import { loadSampleSpec } from '../../src/main/features/sample/load-sample-spec.ts'
import { userName } from '../../src/main/kernel/user-name.ts'
import { runPipeline } from '../../src/main/pipeline/run/run-pipeline.ts'

const benefits = resolve(import.meta.dirname, '../../resources/projects/benefits')
const jobThread = new URL('../../src/main/hosts/engine/job-thread.ts', import.meta.url)

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

/** A folder of sample feeds with every kind of defect. */
export function sampleFeeds(claims: number): string {
  const folder = newFolder('feeds')
  generateSample({ spec: loadSampleSpec(benefits), rows: claims, seed: 7, out: folder, progress: () => {} })
  return folder
}

/** A workspace in which these feeds have been run and published, by the built-in project where no other is named. */
export async function publishedWorkspace(feeds: string, projectFolder = benefits): Promise<string> {
  const workspace = newFolder('workspace')
  await runAgain(feeds, workspace, projectFolder)
  return workspace
}

/** Runs feeds in a workspace that may have runs already. In this process: to start the three of `assay run` takes longer than the run. */
export async function runAgain(
  feeds: string,
  workspace: string,
  projectFolder: string,
  asOf = '2022-12-31',
): Promise<void> {
  const { status } = await runPipeline(
    {
      kind: 'feeds',
      projectFolder,
      inputFolder: feeds,
      workspaceFolder: workspace,
      asOf,
      exportFolder: null,
      startedBy: userName(),
      records: null,
    },
    { started() {}, progress() {}, log() {} },
    jobThread,
  )
  if (status !== 'published') throw new Error(`the run was ${status}`)
}

/** A copy of the built-in project, for what changes it. */
export function copiedProject(): string {
  const folder = newFolder('project')
  cpSync(benefits, folder, { recursive: true })
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
