import { AppError } from '../../kernel/app-error.ts'
import { untouched } from '../../kernel/untouched.ts'
import { quoteName, quoteText, type Connection } from '../../store/database.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import type { Batch } from './batch.ts'
import { dropLanding, openLanding } from './landing.ts'
import { keepContested } from './keep-contested.ts'
import { insertFindings, mergeFindings } from './merge-findings.ts'
import { insertFromLanding, newestOf } from './merge-landing.ts'
import { isLandedAsStaged, restateRecords } from './merge-rejudged.ts'
import { prepareSource } from './prepare-source.ts'
import { heldCompaniesOf } from './read-limits.ts'
import { recordNews } from './record-applied.ts'
import { stepNames } from './run-steps.ts'
import { reuseVersions } from './reuse-versions.ts'
import type { Book, StagingResult } from './stage-source.ts'
import type { StagedTable } from './staged-table.ts'
import type { StagingContext } from './staging-context.ts'

/** A file that was delivered before, in the archive, under its old name and numbers. */
export interface ArchivedDelivery {
  readonly name: string
  readonly path: string
  readonly firstArrival: number
}

type Refreshed = Omit<StagingResult, 'nextArrival'>

/**
 * Stages a source as if it had never been staged: reads all that was ever delivered of it again, with the numbers the records have, and
 * replaces its staged rows, how its records stand and what was found by what comes of that. Rows that come out equal stay the versions
 * that they are.
 */
export async function refreshSource(
  context: StagingContext,
  contract: SourceContract,
  deliveries: readonly ArchivedDelivery[],
  onBatch: (batch: Batch, delivery: ArchivedDelivery) => void,
): Promise<Refreshed> {
  const { connection, runId, thread, maxRecordBytes, companyColumn } = context
  const known = context.steps.resultOf(stepNames.refresh(contract.name)) as Refreshed | undefined
  if (known !== undefined) return known
  if (thread === null) throw new Error('a full refresh reads feeds')
  const limit = context.limits.get(contract.name)
  if (limit !== undefined && limit.maxRows !== null) throw limited(contract.name)
  const { staged, lookups } = prepareSource(context, contract)
  const landing = openLanding(connection, staged, contract.name)
  let rowsRead = 0
  for (const delivery of deliveries) {
    const { name, path, firstArrival } = delivery
    await thread.read(
      {
        contract,
        files: [{ name, path }],
        maxRecordBytes,
        companyColumn,
        heldCompanies: heldCompaniesOf(limit, contract, companyColumn),
        maxRows: null,
        amendments: context.now.get(contract.name) ?? new Map(),
        firstArrival,
        asOf: context.asOf,
        nullWords: context.nullWords,
        lookups,
      },
      {
        batch(batch) {
          landing.addRecords(batch.records)
          landing.addRows(batch.file, batch.rows)
          landing.addFindings(batch.findings)
          landing.addNews(batch.news)
          rowsRead += batch.rowsRead
          onBatch(batch, delivery)
        },
        file(facts) {
          connection
            .prepare('UPDATE temp.landing_record SET encoding = ? WHERE file = ?')
            .run(facts.encoding, facts.file)
        },
        rejected(file, reason) {
          throw new AppError('FILE_REJECTED', `${file}, which was read before, is rejected now: ${reason}`, {
            place: { file: path },
            saved: untouched,
            hint: 'The contract asks for something that this file does not have. Mend the contract, then run again.',
          })
        },
      },
    )
  }
  const valid = landing.rowsTaken()
  const result = context.steps.once(stepNames.refresh(contract.name), (): Refreshed => {
    const { book, newest } = replaceSource(connection, staged, contract.name, runId, valid)
    if (book.quarantined + valid !== rowsRead) throw unbalanced(contract.name, book)
    return { book: { ...book, rows_read: rowsRead }, newest }
  })
  dropLanding(connection, staged)
  return result
}

function unbalanced(source: string, book: Book): AppError {
  return new AppError('INTERNAL', `The book of ${source} does not balance: ${JSON.stringify(book)}.`, {
    saved: untouched,
    hint: 'This is a fault of Assay: report it with the workspace log.',
  })
}

function limited(source: string): AppError {
  return new AppError('USAGE', `${source} is limited to some rows a run, so that all of it cannot be read again.`, {
    saved: untouched,
    hint: 'Take the limit off, then refresh.',
  })
}

function replaceSource(
  connection: Connection,
  staged: StagedTable,
  source: string,
  runId: number,
  valid: number,
): { readonly book: Book; readonly newest: number | null } {
  const next = (table: string) =>
    Number(
      connection
        .prepare(`SELECT coalesce(max(version), 0) + 1 FROM ${quoteName(table)}`)
        .pluck()
        .get(),
    )
  const { table, contested } = staged
  const first = { table: next(table.name), contested: next(contested.name), finding: next('assay_finding') }
  connection.exec(`
    UPDATE ${quoteName(contested.name)} SET to_run = ${runId} WHERE to_run IS NULL;
    UPDATE assay_finding SET to_run = ${runId} WHERE to_run IS NULL AND is_quarantined = 0 AND source = ${quoteText(source)}`)
  keepContested(connection, staged, source, runId, false)
  const rows = replaceRows(connection, staged, runId)
  const quarantined = mergeFindings(connection, staged, source, runId)
  const ofKept = `WHERE is_quarantined = 0 AND arrival IN (SELECT arrival FROM ${quoteName(table.name)} WHERE to_run IS NULL AND version < ${first.table})`
  connection.prepare(`${insertFindings('temp.landing_finding')} ${ofKept}`).run({ run: runId, source })
  // They were seen when they were delivered, not today.
  connection.exec(
    `DELETE FROM assay_sighting WHERE run_id = ${runId} AND seen_as IN (SELECT arrival FROM temp.landing_record)`,
  )
  restateAll(connection, source, runId)
  recordNews(connection, runId)
  reuseVersions(connection, runId, {
    table: contested.name,
    key: contested.key,
    columns: contested.columns.map(({ name }) => name),
    first: first.contested,
  })
  reuseVersions(connection, runId, {
    table: 'assay_finding',
    key: ['arrival', 'position'],
    columns: ['source', 'row_id', 'is_quarantined', 'field', 'rule', 'severity', 'message', 'raw_value'],
    first: first.finding,
  })
  const { landed, newest, ...counts } = rows
  return {
    book: { rows_read: 0, released: 0, withdrawn: 0, ...counts, superseded: valid - landed, quarantined },
    newest,
  }
}

interface ReplacedRows {
  readonly landed: number
  readonly inserted: number
  readonly updated: number
  readonly unchanged: number
  readonly newest: number | null
}

/** Brings the staged rows to what has landed; rows that are just that are not touched. */
function replaceRows(connection: Connection, staged: StagedTable, runId: number): ReplacedRows {
  const landing = `temp.${quoteName(staged.landing)}`
  const target = quoteName(staged.table.name)
  const key = quoteName(staged.keyColumn)
  const count = (sql: string) => Number(connection.prepare(sql).pluck().get())
  connection.exec(`
    DROP TABLE IF EXISTS temp.same;
    CREATE TABLE temp.same (version INTEGER PRIMARY KEY, id INTEGER);
    INSERT INTO temp.same SELECT s.version, l.id FROM ${landing} AS l
    CROSS JOIN ${target} AS s ON s.${key} = l.${key} AND s.to_run IS NULL WHERE ${isLandedAsStaged(staged)};
    CREATE UNIQUE INDEX temp.same_id ON same (id);
    UPDATE ${target} SET to_run = ${runId} WHERE to_run IS NULL AND version NOT IN (SELECT version FROM temp.same)`)
  connection.exec(
    insertFromLanding(staged, runId, `${landing} AS l WHERE l.id NOT IN (SELECT id FROM temp.same)`, false),
  )
  const landed = count(`SELECT count(*) FROM ${landing}`)
  const unchanged = count('SELECT count(*) FROM temp.same')
  // The keys of the temporary tables have no type: compared with a typed one, SQLite would not use their indexes.
  connection.exec(`
    DROP TABLE IF EXISTS temp.replaced_key;
    CREATE TABLE temp.replaced_key (key PRIMARY KEY) WITHOUT ROWID;
    INSERT OR IGNORE INTO temp.replaced_key SELECT ${key} FROM ${target} WHERE to_run = ${runId}`)
  const updated = count(`SELECT count(*) FROM temp.replaced_key AS k CROSS JOIN ${landing} AS l ON l.${key} = k.key`)
  connection.exec('DROP TABLE temp.same; DROP TABLE temp.replaced_key')
  return {
    landed,
    inserted: landed - unchanged - updated,
    updated,
    unchanged,
    newest: newestOf(connection, landing),
  }
}

/** Gives every known record of the source the state in which it came out, the last time that it was delivered, and the findings of now. */
function restateAll(connection: Connection, source: string, runId: number): void {
  connection.exec(`
    DROP TABLE IF EXISTS temp.came_out;
    CREATE TABLE temp.came_out (arrival INTEGER PRIMARY KEY, seen_as INTEGER);
    INSERT INTO temp.came_out SELECT known, max(landed) FROM (
      SELECT min(r.arrival) AS known, l.arrival AS landed FROM temp.landing_record AS l
      CROSS JOIN assay_record AS r INDEXED BY assay_record_by_place
        ON r.source = ${quoteText(source)} AND r.file = l.file AND r.line = l.line AND r.raw = l.raw GROUP BY l.arrival
    ) GROUP BY known;
    DROP TABLE IF EXISTS temp.rejudged;
    CREATE TABLE temp.rejudged (arrival INTEGER PRIMARY KEY, old_state TEXT, new_state TEXT);
    INSERT INTO temp.rejudged
    SELECT q.arrival, q.state, coalesce(l.state, 'released') FROM assay_quarantine AS q
    LEFT JOIN temp.came_out AS c ON c.arrival = q.arrival LEFT JOIN temp.landing_record AS l ON l.arrival = c.seen_as
    WHERE q.to_run IS NULL AND q.source = ${quoteText(source)};
    DROP TABLE IF EXISTS temp.rejudged_finding;
    CREATE TABLE temp.rejudged_finding AS
    SELECT c.arrival, f.position, f.row_id, f.is_quarantined, f.field, f.rule, f.severity, f.message, f.raw_value
    FROM temp.came_out AS c CROSS JOIN temp.landing_finding AS f ON f.arrival = c.seen_as WHERE f.is_quarantined = 1`)
  restateRecords(connection, source, runId)
  connection.exec('DROP TABLE temp.rejudged_finding; DROP TABLE temp.rejudged; DROP TABLE temp.came_out')
}
