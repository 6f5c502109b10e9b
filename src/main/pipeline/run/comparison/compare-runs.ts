import { leastHistory } from '../../drift/least-history.ts'
import { inSnapshot } from '../../../store/database.ts'
import type { Workbench } from '../open-workbench.ts'
import { bookDifferences, readBooks } from './book-differences.ts'
import { compareCompanies } from './compare-companies.ts'
import { listComparedRuns, pairOf, unmeasuredOf, type ComparedRun } from './compared-runs.ts'
import { compareSchemas, type SchemaChange } from './compare-schemas.ts'
import { countRows, type RowCount } from './count-rows.ts'
import { findDifferences } from './find-differences.ts'
import { rankDifferences } from './rank-differences.ts'
import { readFacts, readPastRuns } from './read-history.ts'
import { readLabels } from './read-labels.ts'
import type { Difference, Level } from './shapes.ts'
import { sayVerdict } from './say-verdict.ts'

/** What differs between two runs, and whether anyone should worry. */
export interface RunComparison {
  readonly a: ComparedRun
  readonly b: ComparedRun
  readonly verdict: { readonly level: Level; readonly sentence: string }
  /** The most unusual first. */
  readonly differences: Difference[]
  readonly rows: RowCount[]
  readonly schema: SchemaChange[]
  readonly history_runs: number
  readonly least_history: number
}

/** Compares two runs, left out the last two published, by what was measured of them; null where there are no two. */
export function compareRuns(
  workbench: Workbench,
  asked: { readonly a?: number | undefined; readonly b?: number | undefined },
): RunComparison | null {
  return inSnapshot(workbench.connection, () => compare(workbench, asked))
}

function compare(
  workbench: Workbench,
  asked: { readonly a?: number | undefined; readonly b?: number | undefined },
): RunComparison | null {
  const { connection, project } = workbench
  const pair = pairOf(connection, asked)
  if (pair === null) return null
  const unmeasured = unmeasuredOf(connection, pair)
  const labels = readLabels(connection)
  const past = readPastRuns(connection, workbench.publishedRun(), pair.b)
  const facts = readFacts(connection, Math.min(pair.a, pair.b, past[0]?.run ?? pair.b) - 1)
  const books = readBooks(connection)
  const sources = [...project.contracts.keys()]
  const ofValues = unmeasured === null ? findDifferences(workbench, facts, pair, past, labels) : []
  const differences = rankDifferences([
    ...ofValues,
    ...sources.flatMap((source) => bookDifferences(books, source, pair, past, labels)),
    ...sources.flatMap((source) => compareCompanies(connection, source, pair, past, labels)),
  ])
  const rows = countRows(workbench, facts, pair, differences)
  const schema = compareSchemas(connection, pair)
  const runs = new Map(listComparedRuns(connection).map((run) => [run.run_id, run]))
  const [a, b] = [runs.get(pair.a), runs.get(pair.b)]
  if (a === undefined || b === undefined) return null
  const learned = past.filter(({ run }) => labels.of(run, null) !== 'incident').length
  return {
    a,
    b,
    verdict: sayVerdict({ a, b, unmeasured, differences, schema, rows, learned }),
    differences,
    rows: [...rows],
    schema: [...schema],
    history_runs: learned,
    least_history: leastHistory,
  }
}
