import { createHash } from 'node:crypto'
import { linkSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { formatters } from '../../../kernel/format-value.ts'
import { AppError } from '../../../kernel/app-error.ts'
import { quoteName, type Connection } from '../../../store/database.ts'
import { openWorkspace } from '../../../store/open-workspace.ts'
import { isSeenBy } from '../../../store/versioned-table.ts'
import { feedPath } from '../../archive/keep-feed.ts'
import { createModelCompiler } from '../../model/compile-model.ts'
import { loadProject } from '../../project/load-project.ts'
import type { Project } from '../../project/project.ts'
import { heldByGates, type CompanyHold } from '../gates/held-by-gates.ts'
import { openWorkbench } from '../open-workbench.ts'
import { dayOfRun } from '../record/day-of-run.ts'
import { isAccepted, publishedRunOf } from '../publish/published-runs.ts'
import { hasOtherLimits, repeatLimits } from './repeat-limits.ts'
import { runPipeline } from '../run-pipeline.ts'

/** One published table beside the one that a full refresh gives. */
export interface ProvenModel {
  readonly name: string
  readonly rows: number
  readonly rows_refreshed: number
  /** Of all rows in the order of the grain. */
  readonly sha256: string
  readonly sha256_refreshed: string
  readonly is_equal: boolean
}

export interface Proof {
  readonly run_id: number
  readonly is_equal: boolean
  /** Deliveries that were read again from the archive. */
  readonly deliveries: number
  readonly models: readonly ProvenModel[]
  readonly seconds: number
}

export interface ProofRequest {
  readonly projectFolder: string
  readonly workspaceFolder: string
  readonly jobThread: URL
  /** Told before each delivery that is read again. */
  progress(delivery: number, of: number): void
}

/** A run that is made again: one that read deliveries, or one that let go of companies that a gate held, or held others. */
interface ProvenRun {
  readonly run_id: number
  readonly as_of: number
  readonly isDelivery: boolean
  readonly held: readonly CompanyHold[]
}

/**
 * Proves that what is published is what a full refresh gives: reads every delivery again from the archive into a workspace aside, with
 * the decisions that are published, and compares all tables by their hashes. Changes nothing.
 */
export async function proveWorkspace(request: ProofRequest): Promise<Proof> {
  const startedAt = performance.now()
  const workspaceFolder = resolve(request.workspaceFolder)
  const project = loadProject(request.projectFolder)
  const { connection, databasePath } = openWorkspace(workspaceFolder)
  const aside = mkdtempSync(join(workspaceFolder, 'prove-'))
  try {
    const published = publishedRunOf(connection)
    const runs = provenRuns(connection, published)
    const deliveries = runs.filter(({ isDelivery }) => isDelivery)
    const fresh = join(aside, 'workspace')
    openWorkbench({ projectFolder: project.folder, workspaceFolder: fresh, create: true }).close()
    takeDecisions(fresh, databasePath, published)
    const runAside = (inputFolder: string | null, asOf: number, held: readonly CompanyHold[]) =>
      runPipeline(
        {
          kind: inputFolder === null ? 'replay' : 'feeds',
          projectFolder: project.folder,
          inputFolder: inputFolder ?? '',
          workspaceFolder: fresh,
          asOf: formatters.date(asOf),
          exportFolder: null,
          startedBy: 'doctor',
          records: null,
          readsAgain: true,
          heldByGates: held,
        },
        { started() {}, progress() {}, log() {} },
        request.jobThread,
      )
    for (const run of runs) {
      if (run.isDelivery) request.progress(deliveries.indexOf(run) + 1, deliveries.length)
      const folder = join(aside, `feeds-${run.run_id}`)
      const inputFolder = run.isDelivery ? layOutFeeds(connection, workspaceFolder, run.run_id, folder) : null
      repeatLimits(connection, run.run_id, fresh)
      await runAside(inputFolder, run.as_of, run.held)
    }
    repeatLimits(connection, published, fresh)
    // What was built last without a delivery was built as of its own day, and with its own limits.
    const asOf = dayOfRun(connection, published) ?? 0
    const last = runs.at(-1)
    if (asOf !== last?.as_of || hasOtherLimits(connection, last.run_id, published))
      await runAside(null, asOf, heldByGates(connection, published))
    const models = compareModels(project, connection, fresh)
    return {
      run_id: published,
      is_equal: models.every(({ is_equal }) => is_equal),
      deliveries: deliveries.length,
      models,
      seconds: (performance.now() - startedAt) / 1000,
    }
  } finally {
    connection.close()
    rmSync(aside, { recursive: true, force: true })
  }
}

/** The accepted runs to be made again, in their order. */
function provenRuns(connection: Connection, published: number): readonly ProvenRun[] {
  const accepted = connection
    .prepare(
      `SELECT run_id, as_of, kind = 'feeds'
        AND EXISTS (SELECT 1 FROM assay_run_file AS f WHERE f.run_id = r.run_id AND f.sha256 IS NOT NULL) AS isDelivery
      FROM assay_run AS r WHERE ${isAccepted(published, 'r')} ORDER BY run_id`,
    )
    .all() as { run_id: number; as_of: number; isDelivery: number }[]
  const runs = accepted.map((run) => ({
    ...run,
    isDelivery: run.isDelivery === 1,
    held: heldByGates(connection, run.run_id),
  }))
  const heldOther = (run: ProvenRun, before: ProvenRun | undefined) =>
    JSON.stringify(run.held) !== JSON.stringify(before?.held ?? [])
  return runs.filter((run, index) => run.isDelivery || heldOther(run, runs[index - 1]))
}

/** Gives the fresh workspace the decisions that the published state was made with, and the answers of enrichment that are remembered. */
function takeDecisions(fresh: string, databasePath: string, published: number): void {
  const { connection } = openWorkspace(fresh)
  try {
    connection.prepare('ATTACH ? AS old').run(databasePath)
    connection.pragma('foreign_keys = OFF')
    connection.exec(`
      INSERT INTO assay_operation (operation_id, kind, what, made_by, made_at, reason, rows)
      SELECT operation_id, kind, what, made_by, made_at, reason, rows FROM old.assay_operation WHERE kind <> 'undo';
      INSERT INTO assay_amendment SELECT * FROM old.assay_amendment
      WHERE amendment_id IN (SELECT amendment_id FROM old.assay_applied WHERE ${isSeenBy(published)});
      INSERT INTO assay_enrichment_answer (from_run, enrichment, key, status, answer, provider, fetched_at, expires_at)
      SELECT 0, enrichment, key, status, answer, provider, fetched_at, 9007199254740991 FROM old.assay_enrichment_answer WHERE ${isSeenBy(published)};
      DETACH old`)
  } finally {
    connection.close()
  }
}

/** The feeds of a run in a folder, under the names by which they were delivered. */
function layOutFeeds(connection: Connection, workspaceFolder: string, runId: number, folder: string): string {
  const files = connection
    .prepare('SELECT file, sha256 FROM assay_run_file WHERE run_id = ? AND sha256 IS NOT NULL')
    .all(runId) as { file: string; sha256: string }[]
  mkdirSync(folder)
  for (const { file, sha256 } of files) {
    const from = feedPath(workspaceFolder, sha256)
    try {
      linkSync(from, join(folder, file))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        throw new AppError('NOT_FOUND', `The archive does not have ${file}, which run ${runId} read.`, {
          place: { file: from },
          saved: 'Nothing was changed.',
          hint: 'A workspace can be proven from the first run on that kept its feeds.',
          cause: error,
        })
      copyFileSync(from, join(folder, file))
    }
  }
  return folder
}

function compareModels(project: Project, connection: Connection, fresh: string): readonly ProvenModel[] {
  const refreshed = openWorkspace(fresh).connection
  try {
    const hashes = [connection, refreshed].map((one) => hashModels(project, one))
    return [...project.models.keys()].map((name) => {
      const [own, other] = hashes.map((hash) => hash.get(name) ?? { rows: 0, sha256: '' })
      return {
        name,
        rows: own?.rows ?? 0,
        rows_refreshed: other?.rows ?? 0,
        sha256: own?.sha256 ?? '',
        sha256_refreshed: other?.sha256 ?? '',
        is_equal: own?.sha256 === other?.sha256,
      }
    })
  } finally {
    refreshed.close()
  }
}

function hashModels(project: Project, connection: Connection): Map<string, { rows: number; sha256: string }> {
  const run = publishedRunOf(connection)
  const asOf = dayOfRun(connection, run) ?? 0
  const compiler = createModelCompiler(project, { condition: isSeenBy(run), asOf })
  return new Map(
    [...project.models.values()].map((model) => {
      const columns = model.columns.filter(({ isHidden }) => !isHidden).map(({ name }) => quoteName(name))
      const hash = createHash('sha256')
      let rows = 0
      const select = connection
        .prepare(
          `SELECT json_array(${columns.join(', ')}) FROM ${compiler.relation(model.name)} ORDER BY ${model.grain.map(quoteName).join(', ')}`,
        )
        .pluck()
      for (const row of select.iterate() as IterableIterator<string>) {
        hash.update(row).update('\n')
        rows += 1
      }
      return [model.name, { rows, sha256: hash.digest('hex') }]
    }),
  )
}
