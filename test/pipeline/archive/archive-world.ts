import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { keepFeed } from '../../../src/main/pipeline/archive/keep-feed.ts'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import type { Connection } from '../../../src/main/store/database.ts'
import { createWorkspaceIfMissing, openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { benefits, temporaryFolder } from '../../helpers/feeds.ts'

export interface ArchivedFile {
  readonly name: string
  readonly source: string
  readonly content: string | Buffer
  readonly rows: number
  readonly firstArrival: number
  readonly run?: number
  readonly status?: 'published' | 'running' | 'failed'
}

export interface ArchiveWorld {
  readonly folder: string
  readonly connection: Connection
}

export const { contracts } = loadProject(benefits)

export function sha256Of(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** A workspace in which these files were read and kept. */
export function archiveOf(files: readonly ArchivedFile[]): ArchiveWorld {
  const folder = temporaryFolder()
  createWorkspaceIfMissing(folder)
  const { connection } = openWorkspace(folder)
  onTestFinished(() => void connection.close())
  for (const file of files) archive({ folder, connection }, file)
  return { folder, connection }
}

function archive({ folder, connection }: ArchiveWorld, file: ArchivedFile): void {
  const input = join(temporaryFolder(), 'input')
  mkdirSync(input)
  const path = join(input, file.name)
  writeFileSync(path, file.content)
  const sha256 = sha256Of(file.content)
  keepFeed(folder, { path, name: file.name }, sha256)
  const run = file.run ?? 1
  connection
    .prepare(
      "INSERT OR IGNORE INTO assay_run (run_id, status, as_of, input, started_by, started_at) VALUES (?, ?, 0, '', 'test', 0)",
    )
    .run(run, file.status ?? 'published')
  connection
    .prepare(
      `INSERT INTO assay_run_file (run_id, file, source, bytes, sha256, rows_read, rows_quarantined, encoding, format, warnings, first_arrival)
      VALUES (?, ?, ?, ?, ?, ?, 0, 'utf-8', '', '[]', ?)`,
    )
    .run(run, file.name, file.source, file.content.length, sha256, file.rows, file.firstArrival)
}
