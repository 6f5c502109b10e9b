import { quoteName, quoteText, type Connection } from '../../store/database.ts'
import { landedColumns } from './landing.ts'
import type { StagedTable } from './staged-table.ts'

/** The warnings of a staged row `s`, as JSON, from its published findings. */
export const warningsOfStaged = `(SELECT nullif(json_group_array(json_array(f.position, f.field, f.rule, f.severity, f.message, f.raw_value)), '[]')
  FROM assay_finding AS f WHERE f.arrival = s.arrival AND f.to_run IS NULL AND f.is_quarantined = 0)`

/** The columns of a delivered record in the staged and the contested table: of a carried column a staged row holds its own value apart. */
export function ownColumns(staged: StagedTable, alias: string): string {
  return ['row_id', 'arrival', 'recency', ...landedColumns(staged)]
    .map((name) => `${alias}.${quoteName(alias === 's' && staged.carried.includes(name) ? `${name}__own` : name)}`)
    .join(', ')
}

/**
 * Keeps every record of the keys on which different ones met, so that what a correction or an undo withdraws can be replaced by what
 * stood behind it. Of other keys the staged row says all. Called before the landing is merged; `isCompared` where `temp.merge` says
 * what will become of the landed rows; else the landing is all that there is of the source.
 */
export function keepContested(
  connection: Connection,
  staged: StagedTable,
  source: string,
  runId: number,
  isCompared: boolean,
): void {
  findContestedKeys(connection, staged, source, isCompared)
  if (connection.prepare('SELECT EXISTS (SELECT 1 FROM temp.contest)').pluck().get() === 1)
    keepRecords(connection, staged, runId, isCompared)
  connection.exec('DROP TABLE temp.contest')
}

// The keys of the temporary tables have no type: compared with a typed one, SQLite would not use their indexes.
function findContestedKeys(connection: Connection, staged: StagedTable, source: string, isCompared: boolean): void {
  const landing = `temp.${quoteName(staged.landing)}`
  const key = quoteName(staged.keyColumn)
  connection.exec(`
    DROP TABLE IF EXISTS temp.contest;
    CREATE TABLE temp.contest (key PRIMARY KEY, is_held INTEGER DEFAULT 0) WITHOUT ROWID;
    INSERT OR IGNORE INTO temp.contest (key) SELECT ${key} FROM ${landing} WHERE is_contested;
    UPDATE temp.contest SET is_held = 1 WHERE key IN (SELECT +identity FROM temp.landing_record)`)
  if (!isCompared) return
  // The joins run from the few to the many: the planner knows nothing of how few these are.
  connection.exec(`
    INSERT OR IGNORE INTO temp.contest (key)
    SELECT l.${key} FROM temp.merge AS m CROSS JOIN ${landing} AS l ON l.id = m.id WHERE m.outcome IN ('updated', 'superseded', 'moved');
    INSERT OR IGNORE INTO temp.contest (key)
    SELECT c.${key} FROM ${quoteName(staged.contested.name)} AS c CROSS JOIN ${landing} AS l ON l.${key} = c.${key} WHERE c.to_run IS NULL;
    INSERT INTO temp.contest (key, is_held)
    SELECT l.${key}, 1 FROM (
      SELECT identity FROM assay_record WHERE source = ${quoteText(source)} UNION SELECT identity FROM temp.landing_record
    ) AS r CROSS JOIN ${landing} AS l ON l.${key} = +r.identity
    CROSS JOIN ${quoteName(staged.table.name)} AS s ON s.${key} = l.${key} AND s.to_run IS NULL
    WHERE true ON CONFLICT (key) DO UPDATE SET is_held = 1`)
}

function keepRecords(connection: Connection, staged: StagedTable, runId: number, isCompared: boolean): void {
  const landing = `temp.${quoteName(staged.landing)}`
  const contested = quoteName(staged.contested.name)
  const key = quoteName(staged.keyColumn)
  const names = ['row_id', 'arrival', 'recency', ...landedColumns(staged), 'warnings'].map(quoteName).join(', ')
  const content = staged.content.map(quoteName).join(', ')
  const warnings = `(SELECT nullif(json_group_array(json_array(f.position, f.field, f.rule, f.severity, f.message, f.raw_value)), '[]')
    FROM temp.landing_finding AS f WHERE f.arrival = l.arrival AND f.is_quarantined = 0)`
  const first = Number(connection.prepare(`SELECT coalesce(max(version), 0) + 1 FROM ${contested}`).pluck().get())
  const insert = `INSERT OR IGNORE INTO ${contested} (from_run, ${names}) SELECT ${runId},`
  const ofStaged = `${insert} ${ownColumns(staged, 's')}, ${warningsOfStaged}
    FROM temp.contest AS t CROSS JOIN ${quoteName(staged.table.name)} AS s ON s.${key} = t.key AND s.to_run IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM ${contested} AS c WHERE c.${key} = t.key AND c.to_run IS NULL);`
  connection.exec(`
    CREATE INDEX IF NOT EXISTS temp.landing_finding_arrival ON landing_finding (arrival);
    ${isCompared ? ofStaged : ''}
    ${insert} ${ownColumns(staged, 'l')}, ${warnings}
    FROM temp.contest AS t CROSS JOIN ${landing} AS l ON l.${key} = t.key WHERE NOT l.is_contested;
    ${insert} ${ownColumns(staged, 'l')}, ${warnings}
    FROM temp.contest AS t CROSS JOIN temp.${quoteName(`${staged.landing}_rival`)} AS l ON l.${key} = t.key;
    DELETE FROM ${contested} WHERE version IN (
      SELECT version FROM (
        SELECT c.version, json_array(${content}) AS content,
          lag(json_array(${content})) OVER (PARTITION BY c.${key}, c.recency ORDER BY c.arrival) AS before
        FROM temp.contest AS t CROSS JOIN ${contested} AS c ON c.${key} = t.key AND c.to_run IS NULL WHERE NOT t.is_held
      ) WHERE version >= ${first} AND content = before)`)
}
