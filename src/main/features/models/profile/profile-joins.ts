import type { DataState } from '../../../pipeline/model/compile-model.ts'
import { countJoins, type CountedJoin, type CountedRows } from '../../../pipeline/model/joins/count-joins.ts'
import { findJoins } from '../../../pipeline/model/joins/find-joins.ts'
import { markInputs } from '../../../pipeline/model/joins/mark-inputs.ts'
import type { Model } from '../../../pipeline/project/project.ts'
import type { Workbench } from '../../../pipeline/run/open-workbench.ts'
import type { ModelJoin, ModelProfile } from '../profile-shapes.ts'

/** Counting the rows of a join ends here. */
const mostRows = 10_000_000
/** Counting ends after so long, where somebody asked for it and where nobody did: others wait for the engine meanwhile. */
const mostMilliseconds = { asked: 20_000, unasked: 2_000 }

/** The states of the data whose rows are counted; null where they are not kept. */
interface JoinStates {
  readonly now: DataState | null
  readonly before: DataState | null
}

/** The joins of a model's SELECT, with the rows that go in and come out in a run and in the last good one. */
export function profileJoins(
  { connection, project, publishedCompiler }: Workbench,
  model: Model,
  { now, before }: JoinStates,
  counting: 'asked' | 'unasked' | 'none',
): Pick<ModelProfile, 'joins' | 'joins_note'> {
  const select = markInputs(project, model, now?.asOf ?? publishedCompiler().asOf)
  const found = findJoins(select.sql)
  if (found === null)
    return {
      joins: [],
      joins_note: 'The joins of this SELECT cannot be told apart: a quote or a parenthesis in it has no end.',
    }
  const count = (state: DataState | null) => {
    if (state === null || counting === 'none' || found.length === 0) return null
    const deadline = performance.now() + mostMilliseconds[counting]
    // Each as of its own day.
    const ofState = markInputs(project, model, state.asOf)
    const joins = findJoins(ofState.sql) ?? []
    return countJoins({ connection, project, model, select: ofState, mostRows, deadline }, joins, state)
  }
  const counted = count(now)
  const countedBefore = count(before)
  const gone = now === null && found.length > 0 ? 'The rows of this run are not kept any more.' : null
  return {
    joins: found.map(({ place, kind, joined, condition }, index): ModelJoin => ({
      place,
      kind,
      joined: select.named(joined),
      condition: condition === null ? null : select.named(condition),
      rows: shownRows(counted?.counted[index]),
      rows_before: shownRows(countedBefore?.counted[index]),
    })),
    joins_note: gone ?? counted?.problem ?? countedBefore?.problem ?? null,
  }
}

function shownRows(counted: CountedJoin | undefined): ModelJoin['rows'] {
  if (counted === undefined) return null
  const { left, right, out } = counted
  return { left: shown(left), right: shown(right), out: shown(out), effect: effectOf(counted) }
}

const shown = (counted: CountedRows | null) => counted && { rows: counted.rows, is_more: counted.isMore }

function effectOf({ left, out }: CountedJoin): 'multiplies' | 'loses' | 'keeps' | null {
  if (left === null || out === null || left.isMore) return null
  if (out.isMore || out.rows > left.rows) return 'multiplies'
  return out.rows < left.rows ? 'loses' : 'keeps'
}
