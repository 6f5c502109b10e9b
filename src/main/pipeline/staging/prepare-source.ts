import { inTransaction } from '../../store/database.ts'
import {
  ensureIndexes,
  ensureVersionedTable,
  isLiving,
  noteFirstVersion,
  closeOtherFormed,
} from '../../store/versioned-table.ts'
import { lookupSourcesOf, type SourceContract } from '../contract/source-contract.ts'
import { readLookup } from './follow-lookups.ts'
import { stagedTableOf, type StagedTable } from './staged-table.ts'
import type { StagingContext } from './staging-context.ts'

/** The tables that staging writes besides the source's own. */
const sharedTables = ['assay_record', 'assay_quarantine', 'assay_finding', 'assay_applied']

/** Makes the tables ready that a source is staged in, and reads the lookups that it is judged with. */
export function prepareSource(
  { connection, runId, contracts, reformed }: StagingContext,
  contract: SourceContract,
): { staged: StagedTable; lookups: Record<string, ReadonlyMap<string, string>> } {
  const staged = stagedTableOf(contract)
  if (reformed.has(contract.name)) inTransaction(connection, () => closeOtherFormed(connection, runId, staged.table))
  for (const table of [staged.table, staged.contested]) ensureVersionedTable(connection, table)
  // Looked up by key from the first row on.
  ensureIndexes(connection, staged.contested)
  for (const table of [staged.table.name, staged.contested.name, ...sharedTables])
    noteFirstVersion(connection, runId, table)
  const lookups = Object.fromEntries(
    lookupSourcesOf(contract).map((name) => {
      const source = contracts.get(name)
      return [name, source === undefined ? new Map<string, string>() : readLookup(connection, source, isLiving)]
    }),
  )
  return { staged, lookups }
}
