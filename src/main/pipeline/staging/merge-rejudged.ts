import { quoteName, type Connection } from '../../store/database.ts'
import { noRecency } from '../contract/recency.ts'
import { ownColumns, warningsOfStaged } from './keep-contested.ts'
import { carryValues, createLanding, insertIntoLanding, landedColumns } from './landing.ts'
import { insertFindings } from './merge-findings.ts'
import { insertFromLanding } from './merge-landing.ts'
import type { StagedTable } from './staged-table.ts'

/** What became of the records that were judged anew; the two sides of the book are `released + withdrawn` and the rest. */
export interface RejudgeCounts {
  readonly released: number
  readonly withdrawn: number
  readonly inserted: number
  readonly updated: number
  readonly unchanged: number
  readonly superseded: number
  readonly quarantined: number
  readonly newest: number | null
}

/**
 * Brings what `rejudgeRecords` found into the workspace: the rows of every key concerned are folded anew from all valid records of that
 * key, in the order of arrival, so that the result is the one that a single run over everything would give. Inside the caller's transaction.
 */
export function mergeRejudged(
  connection: Connection,
  staged: StagedTable,
  source: string,
  runId: number,
): RejudgeCounts {
  gatherCandidates(connection, staged)
  foldCandidates(connection, staged, source)
  compareWithStaged(connection, staged)
  const counts = countOutcomes(connection, staged)
  replaceStaged(connection, staged, source, runId)
  keepContestedCandidates(connection, staged, runId)
  restateRecords(connection, source, runId)
  connection.exec(`
    DROP TABLE temp.refold; DROP TABLE temp.replaced; DROP TABLE temp.candidate; DROP TABLE temp.withdrawn;
    DROP TABLE temp.rejudged_finding; DROP TABLE temp.rejudged;
    DROP TABLE temp.${quoteName(staged.landing)}; DROP TABLE temp.${quoteName(`${staged.landing}_rival`)}`)
  return counts
}

/** Adds the other valid records of the keys concerned: all that are kept of a contested key, else the staged row. */
function gatherCandidates(connection: Connection, staged: StagedTable): void {
  const key = quoteName(staged.keyColumn)
  const contested = quoteName(staged.contested.name)
  connection.exec(`
    DROP TABLE IF EXISTS temp.refold;
    CREATE TABLE temp.refold (key PRIMARY KEY) WITHOUT ROWID;
    INSERT OR IGNORE INTO temp.refold SELECT old_key FROM temp.rejudged WHERE is_moved AND old_key IS NOT NULL;
    INSERT OR IGNORE INTO temp.refold SELECT new_key FROM temp.rejudged WHERE is_moved AND new_key IS NOT NULL`)
  const columns = ['row_id', 'arrival', 'recency', ...landedColumns(staged), 'warnings'].map(quoteName).join(', ')
  connection.exec(`
    INSERT OR IGNORE INTO temp.candidate (${columns})
    SELECT ${ownColumns(staged, 'c')}, c.warnings FROM temp.refold AS k
    CROSS JOIN ${contested} AS c ON c.${key} = k.key AND c.to_run IS NULL
    WHERE c.arrival NOT IN (SELECT arrival FROM temp.withdrawn);
    INSERT OR IGNORE INTO temp.candidate (${columns})
    SELECT ${ownColumns(staged, 's')}, ${warningsOfStaged} FROM temp.refold AS k
    CROSS JOIN ${quoteName(staged.table.name)} AS s ON s.${key} = k.key AND s.to_run IS NULL
    WHERE s.arrival NOT IN (SELECT arrival FROM temp.withdrawn)
      AND NOT EXISTS (SELECT 1 FROM ${contested} AS c WHERE c.${key} = k.key AND c.to_run IS NULL)`)
}

function foldCandidates(connection: Connection, staged: StagedTable, source: string): void {
  const landed = landedColumns(staged)
  createLanding(connection, staged)
  connection.exec(`
    CREATE TABLE IF NOT EXISTS temp.landing_record (identity TEXT);
    ${insertIntoLanding(
      staged,
      source,
      `SELECT arrival, row_id, recency, ${landed.map(quoteName).join(', ')}${carryValues(staged, (index) => quoteName(landed[index] ?? ''), 'recency')}
      FROM temp.candidate WHERE true ORDER BY arrival`,
    )}`)
}

/** The condition that a staged row `s` is all that the landed row `l` would make of it. */
export function isLandedAsStaged(staged: StagedTable): string {
  const plain = landedColumns(staged).filter((name) => !staged.carried.includes(name))
  const names = ['row_id', 'arrival', 'recency', ...plain].map(quoteName)
  const carried = staged.carried.flatMap((name) => [
    { s: quoteName(name), l: quoteName(`${name}__best`) },
    { s: quoteName(`${name}__at`), l: quoteName(`${name}__at`) },
    { s: quoteName(`${name}__own`), l: quoteName(name) },
  ])
  const ofStaged = [...names.map((name) => `s.${name}`), ...carried.map(({ s }) => `s.${s}`)].join(', ')
  const ofLanding = [...names.map((name) => `l.${name}`), ...carried.map(({ l }) => `l.${l}`)].join(', ')
  return `(${ofStaged}) IS (${ofLanding})`
}

/** For each key its staged row, the row it is to have, and whether these are the same. */
function compareWithStaged(connection: Connection, staged: StagedTable): void {
  const key = quoteName(staged.keyColumn)
  connection.exec(`
    DROP TABLE IF EXISTS temp.replaced;
    CREATE TABLE temp.replaced (key PRIMARY KEY, version INTEGER, old_arrival INTEGER, id INTEGER, arrival INTEGER, is_same INTEGER) WITHOUT ROWID;
    INSERT INTO temp.replaced
    SELECT k.key, s.version, s.arrival, l.id, l.arrival, s.version IS NOT NULL AND l.id IS NOT NULL AND ${isLandedAsStaged(staged)}
    FROM temp.refold AS k LEFT JOIN ${quoteName(staged.table.name)} AS s ON s.${key} = k.key AND s.to_run IS NULL
    LEFT JOIN temp.${quoteName(staged.landing)} AS l ON l.${key} = k.key`)
}

/** Books each moved record by what became of it. */
function countOutcomes(connection: Connection, staged: StagedTable): RejudgeCounts {
  const content = staged.content.map(quoteName)
  const isEqual = `(${content.map((name) => `c.${name}`).join(', ')}) IS (${content.map((name) => `l.${name}`).join(', ')})`
  const rows = connection
    .prepare(
      `SELECT j.old_state IN ('open', 'discarded') AS was_held,
        CASE WHEN j.new_key IS NULL OR j.new_state IN ('open', 'discarded') THEN 'quarantined'
          WHEN w.record = j.arrival THEN CASE WHEN p.version IS NULL THEN 'inserted' ELSE 'updated' END
          WHEN ${isEqual} THEN 'unchanged' ELSE 'superseded' END AS outcome,
        count(*) AS rows, max(c.recency) AS newest
      FROM temp.rejudged AS j
      LEFT JOIN temp.replaced AS p ON p.key = +j.new_key
      LEFT JOIN temp.${quoteName(staged.landing)} AS l ON l.id = p.id
      LEFT JOIN temp.candidate AS w ON w.arrival = p.arrival
      LEFT JOIN temp.candidate AS c ON c.arrival = j.arrival
      WHERE j.is_moved GROUP BY 1, 2`,
    )
    .all() as { was_held: number; outcome: string; rows: number; newest: number | null }[]
  const sum = (lets: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(lets).reduce((total, row) => total + row.rows, 0)
  const newest = rows
    .filter(({ outcome }) => outcome === 'inserted' || outcome === 'updated')
    .reduce<number | null>((latest, row) => Math.max(latest ?? noRecency, row.newest ?? noRecency), null)
  return {
    released: sum(({ was_held, outcome }) => was_held === 1 && outcome !== 'quarantined'),
    withdrawn: sum(({ was_held }) => was_held === 0),
    inserted: sum(({ outcome }) => outcome === 'inserted'),
    updated: sum(({ outcome }) => outcome === 'updated'),
    unchanged: sum(({ outcome }) => outcome === 'unchanged'),
    superseded: sum(({ outcome }) => outcome === 'superseded'),
    quarantined: sum(({ outcome }) => outcome === 'quarantined'),
    newest: newest === noRecency ? null : newest,
  }
}

/** Closes the staged rows that are no more or others now, adds those that are to be there, and brings their warnings along. */
function replaceStaged(connection: Connection, staged: StagedTable, source: string, runId: number): void {
  const target = quoteName(staged.table.name)
  connection.exec(`
    UPDATE assay_finding SET to_run = ${runId} WHERE to_run IS NULL AND is_quarantined = 0
      AND arrival IN (SELECT old_arrival FROM temp.replaced WHERE NOT is_same AND version IS NOT NULL);
    UPDATE ${target} SET to_run = ${runId} WHERE version IN (SELECT version FROM temp.replaced WHERE NOT is_same);
    ${insertFromLanding(staged, runId, `temp.replaced AS p JOIN temp.${quoteName(staged.landing)} AS l ON l.id = p.id WHERE NOT p.is_same`, false)}`)
  connection
    .prepare(
      insertFindings(`(
        SELECT c.arrival, w.value ->> 0 AS position, c.row_id, 0 AS is_quarantined, w.value ->> 1 AS field, w.value ->> 2 AS rule,
          w.value ->> 3 AS severity, w.value ->> 4 AS message, w.value ->> 5 AS raw_value
        FROM temp.replaced AS p JOIN temp.candidate AS c ON c.arrival = p.arrival JOIN json_each(c.warnings) AS w WHERE NOT p.is_same)`),
    )
    .run({ run: runId, source })
}

function keepContestedCandidates(connection: Connection, staged: StagedTable, runId: number): void {
  const contested = quoteName(staged.contested.name)
  const key = quoteName(staged.keyColumn)
  const columns = ['row_id', 'arrival', 'recency', ...landedColumns(staged), 'warnings'].map(quoteName).join(', ')
  connection.exec(`
    UPDATE ${contested} SET to_run = ${runId} WHERE to_run IS NULL AND arrival IN (SELECT arrival FROM temp.withdrawn);
    INSERT INTO ${contested} (from_run, ${columns}) SELECT ${runId}, ${columns} FROM temp.candidate AS c
    WHERE c.${key} IN (SELECT ${key} FROM temp.candidate GROUP BY ${key} HAVING count(*) > 1)
      AND NOT EXISTS (SELECT 1 FROM ${contested} AS k WHERE k.arrival = c.arrival AND k.to_run IS NULL)
    ORDER BY c.arrival`)
}

/** Gives the records their new state and, where they are held back, the findings of now. */
export function restateRecords(connection: Connection, source: string, runId: number): void {
  // Findings that are what they were stay the versions they are.
  const said = `SELECT group_concat(field || ':' || rule || ':' || severity || ':' || coalesce(raw_value, ''), '|' ORDER BY position)`
  connection.exec(`
    DROP TABLE IF EXISTS temp.stood;
    CREATE TABLE temp.stood AS SELECT q.version, j.new_state AS state FROM temp.rejudged AS j
    CROSS JOIN assay_quarantine AS q ON q.arrival = j.arrival AND q.to_run IS NULL WHERE j.new_state <> j.old_state;
    UPDATE assay_quarantine SET to_run = ${runId} WHERE version IN (SELECT version FROM temp.stood);
    INSERT INTO assay_quarantine (from_run, arrival, state, source, file, line, company, first_run)
    SELECT ${runId}, q.arrival, t.state, q.source, q.file, q.line, q.company, q.first_run
    FROM temp.stood AS t CROSS JOIN assay_quarantine AS q ON q.version = t.version ORDER BY t.version;
    DROP TABLE temp.stood;
    CREATE INDEX temp.rejudged_finding_arrival ON rejudged_finding (arrival);
    DELETE FROM temp.rejudged_finding WHERE arrival IN (
      SELECT j.arrival FROM temp.rejudged AS j WHERE j.old_state = 'open' AND j.new_state = 'open'
        AND (${said} FROM assay_finding AS f WHERE f.arrival = j.arrival AND f.to_run IS NULL AND f.is_quarantined = 1)
          IS (${said} FROM temp.rejudged_finding AS f WHERE f.arrival = j.arrival));
    UPDATE assay_finding SET to_run = ${runId} WHERE to_run IS NULL AND is_quarantined = 1 AND (
      arrival IN (SELECT arrival FROM temp.rejudged WHERE old_state = 'open' AND new_state <> 'open')
      OR arrival IN (SELECT arrival FROM temp.rejudged_finding))`)
  connection.prepare(insertFindings('temp.rejudged_finding')).run({ run: runId, source })
}
