import { existsSync } from 'node:fs'
import { quoteName, type Connection } from '../../../store/database.ts'
import { isLiving } from '../../../store/versioned-table.ts'
import { hashFile } from '../../archive/hash-file.ts'
import { feedPath } from '../../archive/keep-feed.ts'
import type { SourceContract } from '../../contract/source-contract.ts'
import type { Project } from '../../project/project.ts'
import { stagedTableOf } from '../../staging/staged-table.ts'
import { contractFingerprint } from './contract-fingerprint.ts'
import type { FeedFile } from './find-feeds.ts'
import { isAccepted } from '../publish/published-runs.ts'

/** A file of the input that was read before, as the run that did recorded it. */
export interface KnownFile {
  readonly run_id: number
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly rows_read: number
  /** The arrival number of its first record; null where it was read before records had any. */
  readonly first_arrival: number | null
}

/** A file of the input that need not be read. */
export interface SkippedFile extends KnownFile {
  /** Its name now; where each of its rows is a staged one it may be another than it had. */
  readonly name: string
}

export interface KnownFilesSearch {
  readonly connection: Connection
  readonly workspaceFolder: string
  readonly project: Project
  readonly publishedRun: number
  /** Days since 1970-01-01. */
  readonly asOf: number
  /** Whether the run has judged all that was delivered before anew already. */
  readonly isRefreshed: boolean
}

/**
 * The first files of a source's input that need not be read again, since that would change nothing: they are what was delivered last, by
 * content and order, and by name too unless each row of them is a staged one. On a tie the later record counts, so a file that others have
 * followed since is not among them. Nor are files that were judged by another contract or on a later day, or of which a correction made
 * since may hear something.
 */
export function findKnownFiles(
  search: KnownFilesSearch,
  contract: SourceContract,
  files: readonly FeedFile[],
): readonly SkippedFile[] {
  const history = deliveriesOf(search, contract.name)
  const hashes = new Map<string, string | null>()
  const hashOf = (file: FeedFile) => {
    const known = hashes.get(file.path) ?? hashIfThere(file.path)
    hashes.set(file.path, known)
    return known
  }
  for (let length = Math.min(files.length, history.length); length > 0; length -= 1) {
    const tail = history.slice(-length)
    const pairs = files.slice(0, length).map((file, index) => ({ file, known: tail[index] }))
    const isTail =
      pairs.every(({ known, file }) => file.bytes === known?.bytes) &&
      pairs.every(({ known, file }) => hashOf(file) === known?.sha256) &&
      pairs.every(({ known, file }) => file.name === known?.file || isStagedWhole(search, contract, known))
    if (!isTail) continue
    if (!search.isRefreshed && !isJudgedAlike(search, contract, tail)) return []
    return tail.map((known, index) => ({ ...known, name: files[index]?.name ?? known.file }))
  }
  return []
}

/** Every reading of a file of the source that made the published state, in order. */
export function deliveriesOf(
  { connection, publishedRun }: Pick<KnownFilesSearch, 'connection' | 'publishedRun'>,
  source: string,
): readonly KnownFile[] {
  return connection
    .prepare(
      `SELECT f.run_id, f.file, f.bytes, f.sha256, f.rows_read, f.first_arrival FROM assay_run_file AS f JOIN assay_run AS r USING (run_id)
      WHERE f.source = ? AND f.sha256 IS NOT NULL AND NOT f.is_known AND ${isAccepted(publishedRun, 'r')}
      ORDER BY f.run_id, f.first_arrival, f.file`,
    )
    .all(source) as KnownFile[]
}

/**
 * Whether each row of a file is the staged one of its key, as it was delivered: then it stays where it came first, since rows equal in content
 * do. A row that was held back is known by its file, and of several of one key, or of a value that is carried, the last place counts.
 */
function isStagedWhole(
  { connection }: KnownFilesSearch,
  contract: SourceContract,
  known: KnownFile | undefined,
): boolean {
  const { table, carried } = stagedTableOf(contract)
  if (known === undefined || known.first_arrival === null || carried.length > 0) return false
  const range = { source: contract.name, first: known.first_arrival, afterLast: known.first_arrival + known.rows_read }
  const { staged, held } = connection
    .prepare(
      `SELECT (SELECT count(*) FROM ${quoteName(table.name)} WHERE ${isLiving} AND arrival >= :first AND arrival < :afterLast) AS staged,
        EXISTS (SELECT 1 FROM assay_record WHERE source = :source AND arrival >= :first AND arrival < :afterLast) AS held`,
    )
    .get(range) as { staged: number; held: number }
  return staged === known.rows_read && held === 0
}

/** A file that is gone by now has no hash: whoever reads it will say so. */
function hashIfThere(path: string): string | null {
  return existsSync(path) ? hashFile(path) : null
}

function isJudgedAlike(
  { connection, workspaceFolder, project, publishedRun, asOf }: KnownFilesSearch,
  contract: SourceContract,
  files: readonly KnownFile[],
): boolean {
  if (!files.every(({ sha256 }) => existsSync(feedPath(workspaceFolder, sha256)))) return false
  const one = (sql: string, ...values: readonly (string | number)[]) =>
    Number(
      connection
        .prepare(sql)
        .pluck()
        .get(...values),
    )
  const firstRun = Math.min(...files.map(({ run_id }) => run_id))
  const isOther = one(
    `SELECT EXISTS (
      SELECT 1 FROM assay_run AS r LEFT JOIN assay_run_contract AS c ON c.run_id = r.run_id AND c.source = ?
      WHERE ${isAccepted(publishedRun, 'r')} AND (r.as_of > ? OR (r.run_id >= ? AND c.fingerprint IS NOT ?)))`,
    contract.name,
    asOf,
    firstRun,
    contractFingerprint(contract, project),
  )
  if (isOther === 1) return false
  // Which rows a limit holds back hangs on what else a run reads.
  const isLimited = one(
    'SELECT EXISTS (SELECT 1 FROM assay_run_limit WHERE run_id >= ? AND source = ?)',
    firstRun,
    contract.name,
  )
  if (isLimited === 1) return false
  const { table, contested, keyColumn } = stagedTableOf(contract)
  const key = quoteName(keyColumn)
  const mayHear = one(
    `SELECT EXISTS (
      SELECT 1 FROM assay_operation AS o CROSS JOIN assay_amendment AS a ON a.operation_id = o.operation_id
      WHERE o.operation_id > (SELECT coalesce(min(last_operation), 0) FROM assay_run WHERE run_id IN (SELECT value FROM json_each(?)))
        AND o.undone_by IS NULL AND a.kind = 'correct' AND a.source = ?
        AND ((SELECT count(*) FROM assay_record AS r WHERE r.source = a.source AND r.identity = a.identity) > 1
          OR EXISTS (SELECT 1 FROM ${quoteName(contested.name)} AS c WHERE c.${key} = a.identity AND c.${isLiving})
          OR EXISTS (SELECT 1 FROM ${quoteName(table.name)} AS s WHERE s.${key} = a.identity AND s.${isLiving}
            AND s.arrival NOT IN (SELECT r.arrival FROM assay_record AS r WHERE r.source = a.source AND r.identity = a.identity))))`,
    JSON.stringify(files.map(({ run_id }) => run_id)),
    contract.name,
  )
  return mayHear === 0
}
