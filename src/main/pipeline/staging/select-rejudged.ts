import { quoteName, quoteText, type Connection } from '../../store/database.ts'
import type { Amendments } from '../amendment/amendment.ts'
import { heldByLimit, type IngestionLimit } from '../contract/ingestion-limit.ts'
import { runDependentRulesOf, type SourceContract } from '../contract/source-contract.ts'
import { stagedTableOf, type StagedTable } from './staged-table.ts'

export interface Selection {
  readonly connection: Connection
  readonly runId: number
  readonly contract: SourceContract
  readonly contracts: ReadonlyMap<string, SourceContract>
  readonly staged: StagedTable
  readonly before: Amendments
  readonly now: Amendments
  /** What the source is limited to; null where it is not. */
  readonly limit: IngestionLimit | null
  /** Whether the contract says other things than it did in the run before. */
  readonly isContractChanged: boolean
}

/** Identities about which something was decided or taken back. */
function changedIdentities({ before, now }: Selection): readonly string[] {
  const ids = (amendments: Amendments, identity: string) =>
    (amendments.get(identity) ?? []).map(({ id }) => id).join(' ')
  return [...new Set([...before.keys(), ...now.keys()])].filter(
    (identity) => ids(before, identity) !== ids(now, identity),
  )
}

/**
 * Puts the records whose verdict may be another one now into `temp.rejudge`: those that people decided about, those held back by a rule
 * that looks at the day or at another source, and all that is held back where the contract changed. Returns the arrivals of staged rows
 * that are concerned too but of which the delivered text is not in the workspace's tables.
 */
export function selectRejudged(selection: Selection): readonly number[] {
  const { connection, contract, staged, isContractChanged } = selection
  connection.exec(`
    DROP TABLE IF EXISTS temp.rejudge;
    CREATE TABLE temp.rejudge (arrival INTEGER PRIMARY KEY);
    DROP TABLE IF EXISTS temp.changed_identity;
    CREATE TABLE temp.changed_identity (identity TEXT PRIMARY KEY) WITHOUT ROWID`)
  connection
    .prepare('INSERT INTO temp.changed_identity SELECT value FROM json_each(?)')
    .run(JSON.stringify(changedIdentities(selection)))
  const source = quoteText(contract.name)
  connection.exec(`
    INSERT OR IGNORE INTO temp.rejudge SELECT r.arrival FROM temp.changed_identity AS i
    CROSS JOIN assay_record AS r ON r.source = ${source} AND r.identity = i.identity`)
  const rules = runDependentRulesOf(contract)
  if (isContractChanged || rules.length > 0) {
    const depends = isContractChanged
      ? 'true'
      : `EXISTS (SELECT 1 FROM assay_finding AS f WHERE f.arrival = q.arrival AND f.to_run IS NULL AND f.rule IN (${rules.map(quoteText).join(', ')}))`
    connection.exec(`
      INSERT OR IGNORE INTO temp.rejudge SELECT arrival FROM assay_quarantine AS q
      WHERE to_run IS NULL AND source = ${source} AND state = 'open' AND ${depends}${isFreeOfLimit(selection)}`)
  }
  selectReleased(selection)
  const key = quoteName(staged.keyColumn)
  const isUnknown = (alias: string) =>
    `NOT EXISTS (SELECT 1 FROM assay_record AS r WHERE r.arrival = ${alias}.arrival)
    AND NOT EXISTS (SELECT 1 FROM assay_sighting AS g WHERE g.seen_as = ${alias}.arrival)`
  const tables = [staged.table.name, staged.contested.name].map(quoteName)
  const ofIdentities = tables.map(
    (table) =>
      `SELECT s.arrival FROM temp.changed_identity AS i CROSS JOIN ${table} AS s ON s.${key} = i.identity AND s.to_run IS NULL WHERE ${isUnknown('s')}`,
  )
  const unfounded = unfoundedInferences(selection)
  const ofInferences =
    unfounded === null
      ? []
      : tables.map(
          (table) =>
            `SELECT s.arrival FROM ${table} AS s WHERE s.to_run IS NULL AND ${unfounded} AND ${isUnknown('s')}`,
        )
  if (unfounded !== null)
    connection.exec(`
      INSERT OR IGNORE INTO temp.rejudge
      SELECT r.arrival FROM ${quoteName(staged.table.name)} AS s JOIN assay_record AS r ON r.arrival = s.arrival
      WHERE s.to_run IS NULL AND ${unfounded}`)
  return connection
    .prepare([...ofIdentities, ...ofInferences].join(' UNION '))
    .pluck()
    .all() as number[]
}

/** While the source is limited to so many rows, those that it holds are held whatever their contract says. */
function isFreeOfLimit({ limit }: Selection): string {
  if (limit === null || limit.maxRows === null) return ''
  return ` AND NOT EXISTS (SELECT 1 FROM assay_finding AS f
    WHERE f.arrival = q.arrival AND f.to_run IS NULL AND f.rule = ${quoteText(heldByLimit)} AND f.field = 'row')`
}

/** Adds the records that a limit held which is no more: the rows behind the first ones, and those of companies. */
function selectReleased(selection: Selection): void {
  const { connection, contract, limit } = selection
  const fields = ['row', ...contract.staged.map(({ name }) => name)].map(quoteText).join(', ')
  connection
    .prepare(
      `INSERT OR IGNORE INTO temp.rejudge SELECT h.arrival FROM assay_finding AS h
      JOIN assay_quarantine AS q ON q.arrival = h.arrival AND q.to_run IS NULL AND q.state = 'open'
      WHERE h.is_quarantined = 1 AND h.field IN (${fields}) AND h.rule = ? AND h.to_run IS NULL AND h.source = ?
      AND (h.raw_value IS NULL OR h.raw_value NOT IN (SELECT value FROM json_each(?)))${isFreeOfLimit(selection)}`,
    )
    .run(heldByLimit, contract.name, JSON.stringify(limit?.companies ?? []))
}

/** The condition that a staged row's inferred value has no ground in the look-up any more; null where the source infers nothing. */
function unfoundedInferences({ connection, runId, contract, contracts }: Selection): string | null {
  const conditions = contract.fields.flatMap(({ inference }) => {
    const lookup = inference === null ? undefined : contracts.get(inference.source)
    const [from] = lookup?.staged ?? []
    if (inference === null || lookup === undefined || from === undefined) return []
    const table = quoteName(stagedTableOf(lookup).table.name)
    const hasLost =
      connection.prepare(`SELECT EXISTS (SELECT 1 FROM ${table} WHERE to_run = ?)`).pluck().get(runId) === 1
    if (!hasLost) return []
    const email = `s.${quoteName(inference.emailColumn)}`
    return [
      `(s.${quoteName(inference.flag)} = 1 AND NOT EXISTS (SELECT 1 FROM ${table} AS l
        WHERE l.to_run IS NULL AND l.${quoteName(from.name)} = substr(${email}, instr(${email}, '@') + 1)))`,
    ]
  })
  return conditions.length === 0 ? null : conditions.join(' OR ')
}
