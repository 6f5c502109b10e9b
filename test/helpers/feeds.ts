import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { openWorkspace } from '../../src/main/store/open-workspace.ts'
import { readRun, type RecordedRun } from '../../src/main/features/runs/queries.ts'
import { exportModel } from '../../src/main/pipeline/run/export-model.ts'
import { openWorkbench } from '../../src/main/pipeline/run/open-workbench.ts'
import type { ModelProgress } from '../../src/main/pipeline/run/run-progress.ts'
import { runPipeline } from '../../src/main/pipeline/run/run-pipeline.ts'

export const repository = resolve(import.meta.dirname, '../..')
export const benefits = join(repository, 'resources/projects/benefits')
const jobThread = new URL('../../src/main/hosts/engine/job-thread.ts', import.meta.url)

/** A new folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files by name into a new folder. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(resolve(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

export interface FeedRun {
  readonly input: string
  readonly workspace: string
  readonly asOf?: string
  readonly exports?: string
  readonly project?: string
  /** Is told of the models as each is built. */
  readonly onModels?: (models: readonly ModelProgress[]) => void
}

/** Runs the pipeline in this process and gives what the workspace then says of the run. */
export async function runFeeds({
  input,
  workspace,
  asOf = '2022-12-31',
  exports,
  project = benefits,
  onModels,
}: FeedRun): Promise<RecordedRun> {
  const { run_id: runId } = await runPipeline(
    {
      kind: 'feeds',
      projectFolder: project,
      inputFolder: input,
      workspaceFolder: workspace,
      asOf,
      exportFolder: exports ?? null,
      startedBy: 'test',
      records: null,
    },
    { started() {}, progress: ({ models }) => onModels?.(models), log() {} },
    jobThread,
  )
  return runOf(workspace, runId)
}

/** What a workspace says of a run. */
export function runOf(workspace: string, runId: number): RecordedRun {
  const { connection } = openWorkspace(workspace)
  try {
    const run = readRun(connection, runId, () => false)
    if (run === undefined) throw new Error(`no run ${runId}`)
    return run
  } finally {
    connection.close()
  }
}

/** The bytes of all files of a folder, as text by name. */
export function readFolder(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => [name, readFileSync(join(folder, name), 'latin1')]),
  )
}

/** The exported CSV tables of a folder, by name. */
export function readTables(folder: string): Record<string, string> {
  return Object.fromEntries(Object.entries(readFolder(folder)).filter(([name]) => name.endsWith('.csv')))
}

/** The published tables of a workspace as CSV text, by name. */
export function exportPublished(workspace: string, project = benefits): Record<string, string> {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspace, create: false })
  const folder = mkdtempSync(join(tmpdir(), 'assay-published-'))
  try {
    const compiler = workbench.publishedCompiler()
    for (const model of workbench.project.models.values())
      exportModel(workbench.connection, compiler, model, folder, 'csv')
    return readTables(folder)
  } finally {
    workbench.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
