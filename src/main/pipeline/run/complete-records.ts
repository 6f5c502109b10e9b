import { inTransaction, type Connection } from '../../store/database.ts'
import { compileIdentity } from '../amendment/record-identity.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import type { Project } from '../project/project.ts'
import { compileCompany } from '../staging/company-of.ts'
import { readSetting } from '../../store/workspace-setting.ts'

const setting = 'records_without_key'
const pageSize = 1_000

/**
 * Fills in which record of its source, and of which company, each of those is that an older version kept: it knew them by their places
 * alone, and what people decide is about the record. Does nothing where that is done.
 */
export function completeRecords(connection: Connection, { contracts, config }: Project): void {
  if (readSetting(connection, setting) === null) return
  inTransaction(connection, () => {
    for (const contract of contracts.values())
      completeSource(connection, contract, config.company ?? null, config.null_words)
    connection.prepare('DELETE FROM assay_setting WHERE name = ?').run(setting)
  })
}

function completeSource(
  connection: Connection,
  contract: SourceContract,
  companyColumn: string | null,
  nullWords: readonly string[],
): void {
  const identify = compileIdentity(contract, nullWords)
  const companyOf = compileCompany(contract, companyColumn, nullWords)
  const page = connection.prepare(
    `SELECT arrival, cells FROM assay_record WHERE arrival > ? AND source = ? AND cells IS NOT NULL ORDER BY arrival LIMIT ${pageSize}`,
  )
  const name = connection.prepare('UPDATE assay_record SET identity = ? WHERE arrival = ?')
  const tables = ['assay_record', 'assay_quarantine']
  const place = tables.map((table) => connection.prepare(`UPDATE ${table} SET company = ? WHERE arrival = ?`))
  let last = -1
  for (;;) {
    const rows = page.all(last, contract.name) as { arrival: number; cells: string }[]
    for (const { arrival, cells: text } of rows) {
      last = arrival
      const cells = JSON.parse(text) as Record<string, string | null>
      const identity = identify(contract.fields.map((field) => cells[field.name] ?? null))
      if (identity !== null) name.run(identity, arrival)
      for (const update of place) update.run(companyOf(cells), arrival)
    }
    if (rows.length < pageSize) return
  }
}
