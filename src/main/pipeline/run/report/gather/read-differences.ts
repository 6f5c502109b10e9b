import { compareRuns } from '../../comparison/compare-runs.ts'
import type { Difference } from '../../comparison/shapes.ts'
import type { Workbench } from '../../open-workbench.ts'
import type { Comparison } from '../report-data.ts'
import { drawDifference } from './draw-difference.ts'
import type { Mask } from './mask.ts'

const mostDifferences = 15
/** As many of the largest are shown where none is unusual. */
const mostUsual = 3

/** What differs from the run before, the most unusual first. */
export function readDifferences(
  workbench: Workbench,
  { runId, hasRows }: { readonly runId: number; readonly hasRows: boolean },
  mask: Mask,
): Comparison {
  const none = {
    before: null,
    after: runId,
    level: 'usual',
    alarms: 0,
    differences: { items: [], total: 0 },
    schema: [],
  } as const
  if (!hasRows) return { ...none, sentence: 'The run left no rows that could be compared.' }
  const found = compareRuns(workbench, { b: runId })
  if (found === null)
    return { ...none, sentence: 'It is the first run that was published: there is none to compare it with.' }
  const pair = { a: found.a.run_id, b: runId }
  const isOdd = ({ level }: Difference) => level !== 'usual'
  const odd = found.differences.filter(isOdd)
  const shown = odd.length > 0 ? odd.slice(0, mostDifferences) : found.differences.slice(0, mostUsual)
  return {
    before: pair.a,
    after: pair.b,
    sentence: found.verdict.sentence,
    level: found.verdict.level,
    alarms: odd.filter(({ level }) => level === 'alarm').length,
    differences: {
      items: shown.map((difference) => ({
        place: placeOf(difference),
        sentence: difference.sentence,
        level: difference.level,
        picture: drawDifference(workbench, difference, pair, mask),
      })),
      total: found.differences.length,
    },
    schema: found.schema,
  }
}

function placeOf({ relation, scope, column, company }: Difference): string {
  const place = `${relation}${column === null ? '' : `.${column}`}${company === null ? '' : `, company ${company}`}`
  return scope === 'delivered' ? `${place}, as delivered` : place
}
