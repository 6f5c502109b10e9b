import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import type { VerdictContext } from '../../pipeline/contract/compile-contract.ts'
import { lookupSourcesOf, type SourceContract } from '../../pipeline/contract/source-contract.ts'
import { loadAmendments } from '../../pipeline/amendment/load-amendments.ts'
import { createRecordJudges, type KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'
import type { Judgement } from '../../pipeline/amendment/judge-record.ts'
import { fetchRecords } from '../../pipeline/archive/fetch-records.ts'
import { readLookup } from '../../pipeline/staging/follow-lookups.ts'
import type { Connection } from '../../store/database.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { AppError } from '../../kernel/app-error.ts'
import { userName } from '../../kernel/user-name.ts'
import { dayOfRun } from '../../pipeline/run/record/day-of-run.ts'

/** What the quarantine's work needs at hand: the contracts, the published day and look-ups, and who works. */
export interface Desk {
  readonly connection: Connection
  readonly contracts: ReadonlyMap<string, SourceContract>
  readonly who: string
  /** The column that names a record's company; null where the project names none. */
  readonly companyColumn: string | null
  publishedRun(): number
  /** The day of the published run, in days since 1970-01-01. */
  asOf(): number
  contractOf(source: string): SourceContract
  /** What verdicts on a source's records hang on, as the published run has it. */
  contextOf(source: string): VerdictContext
  /** Records that the workspace's tables do not hold, read again from the archive of feeds; they are staged as they were delivered. */
  fetchRecords(arrivals: readonly number[]): readonly KnownRecord[]
  /** Counts with a repair rule from now on. */
  learnRule(rule: { readonly source: string; readonly field: string; readonly from: string; readonly to: string }): void
  /** Judges with the amendments in force, with those that the published state was made with, or with none; `only` for one record alone. */
  judges(
    state: 'in force' | 'applied' | 'none',
    only?: { readonly source: string; readonly identity: string },
  ): (record: KnownRecord) => Judgement
}

/** Sets the desk up on a workbench. Look-ups are remembered for as long as the same run is published. */
export function openDesk(workbench: Workbench): Desk {
  const { connection, project, publishedRun } = workbench
  // As the project was opened, and with the rules that were adopted since.
  const contracts = new Map(project.contracts)
  const { max_record_bytes: maxRecordBytes } = project.config
  let lookupsOf: { readonly run: number; readonly bySource: Map<string, ReadonlyMap<string, string>> } | null = null

  function lookup(name: string): ReadonlyMap<string, string> {
    const run = publishedRun()
    if (lookupsOf === null || lookupsOf.run !== run) lookupsOf = { run, bySource: new Map() }
    const known = lookupsOf.bySource.get(name)
    if (known !== undefined) return known
    const contract = contracts.get(name)
    const read = contract === undefined ? new Map<string, string>() : readLookup(connection, contract, isSeenBy(run))
    lookupsOf.bySource.set(name, read)
    return read
  }

  function contractOf(source: string): SourceContract {
    const contract = contracts.get(source)
    if (contract !== undefined) return contract
    throw new AppError('NOT_FOUND', `The project has no source ${source}.`, {
      hint: `It has: ${[...contracts.keys()].join(', ')}.`,
    })
  }

  const asOf = () => dayOfRun(connection, publishedRun()) ?? 0
  const contextOf = (source: string): VerdictContext => ({
    asOf: asOf(),
    nullWords: project.config.null_words,
    lookups: Object.fromEntries(lookupSourcesOf(contractOf(source)).map((name) => [name, lookup(name)])),
  })

  return {
    connection,
    contracts,
    who: userName(),
    companyColumn: project.config.company ?? null,
    publishedRun,
    asOf,
    contractOf,
    contextOf,
    fetchRecords: (arrivals) =>
      [...fetchRecords(connection, workbench.workspaceFolder, contracts, maxRecordBytes, arrivals).values()].map(
        (record) => ({ ...record, identity: '', company: null, state: 'released', parseFinding: null }),
      ),
    learnRule: (rule) => void contracts.set(rule.source, withRule(contractOf(rule.source), rule)),
    judges: (state, only) =>
      createRecordJudges(
        only === undefined ? contracts : new Map([[only.source, contractOf(only.source)]]),
        contextOf,
        state === 'none'
          ? new Map()
          : loadAmendments(
              connection,
              state === 'applied' ? { appliedIn: publishedRun() } : state,
              asOf(),
              only ?? null,
            ),
      ),
  }
}

/** A contract as it would be with a repair rule. */
export function withRule(
  contract: SourceContract,
  { field, from, to }: { readonly field: string; readonly from: string; readonly to: string },
): SourceContract {
  return {
    ...contract,
    fields: contract.fields.map((one) =>
      one.name === field ? { ...one, repairs: { ...one.repairs, [from]: to } } : one,
    ),
  }
}
