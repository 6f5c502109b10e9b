import { basename, dirname, extname, resolve } from 'node:path'
import type { HandlersFor } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import type { Comparisons } from '../../pipeline/compare/comparisons.ts'
import {
  planComparison,
  type ComparedRuns,
  type PlannedComparison,
} from '../../pipeline/run/comparison/plan-comparison.ts'
import { requireComparable } from '../../pipeline/run/comparison/require-comparable.ts'
import type { EngineContext } from '../context.ts'
import type { rowdiffMethods, RowdiffStanding } from './protocol.ts'
import { countMatches, filterOf, showDifference, showSummary } from './show-differences.ts'

interface Asked {
  readonly runs: ComparedRuns
  readonly plan: PlannedComparison
}

/** Answers which rows differ between two runs. */
export function rowdiffHandlers(
  { workbench }: EngineContext,
  comparisons: Comparisons,
): HandlersFor<typeof rowdiffMethods> {
  const asked = new Map<string, Asked>()

  function askedFor(id: string): Asked {
    const one = asked.get(id)
    if (one !== undefined) return one
    throw new AppError('NOT_FOUND', `There is no comparison ${id}.`, { hint: 'Start it first.' })
  }
  function standingOf(id: string): RowdiffStanding {
    const { state, shareDone, seconds, summary, error } = comparisons.standing(id)
    const { plan, runs } = askedFor(id)
    return {
      state,
      share_done: shareDone,
      seconds,
      summary: summary && showSummary(plan, runs, summary),
      error,
    }
  }

  return {
    start({ model, run_a: before, run_b: after }) {
      const id = `${before}-${after}-${model}`
      const runs = { before, after }
      const plan = () => {
        const made = planComparison(workbench, model, runs)
        asked.set(id, { runs, plan: made })
        return made.task
      }
      // Also where the comparison is there already: a run may be taken back meanwhile.
      for (const run of [before, after]) requireComparable(workbench.connection, run)
      comparisons.start(id, plan)
      for (const known of asked.keys()) if (!comparisons.has(known)) asked.delete(known)
      const { state, summary } = standingOf(id)
      return { id, is_done: state === 'done', summary }
    },
    async summary({ id, wait }) {
      if (wait) await comparisons.done(id).catch(() => undefined)
      return standingOf(id)
    },
    async rows({ id, offset, limit, ...wanted }) {
      const summary = await comparisons.done(id)
      const { plan } = askedFor(id)
      const filter = filterOf(plan, wanted)
      const total = countMatches(summary, filter)
      const left = Math.min(limit, total - offset)
      const rows = left > 0 ? await comparisons.page(id, { filter, offset, limit: left }) : []
      return { total, rows: rows.map((row) => showDifference(plan, row)) }
    },
    async write({ id, path, ...wanted }) {
      await comparisons.done(id)
      const file = resolve(path)
      const format = formatOf(file)
      return comparisons.write(id, {
        filter: filterOf(askedFor(id).plan, wanted),
        folder: dirname(file),
        name: basename(file, `.${format}`),
        format,
      })
    },
    cancel({ id }) {
      comparisons.cancel(id)
      return {}
    },
  }
}

function formatOf(file: string): 'csv' | 'xlsx' {
  const ending = extname(file)
  if (ending === '.csv') return 'csv'
  if (ending === '.xlsx') return 'xlsx'
  throw new AppError('USAGE', `${basename(file)} is no file that differences can be written to.`, {
    place: { file },
    saved: 'No file was written.',
    hint: 'Give a name that ends with .csv or .xlsx.',
  })
}
