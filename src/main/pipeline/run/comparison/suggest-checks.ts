import { flowOf, type NewCheck } from '../../project/add-check.ts'
import type { Connection } from '../../../store/database.ts'
import { readColumnMetrics } from '../../metric/metric-records.ts'
import { isSeenBy } from '../../../store/versioned-table.ts'
import type { Check, Model } from '../../project/project.ts'
import type { Workbench } from '../open-workbench.ts'
import { measuredName } from './measured-name.ts'
import { factsAt, readFacts, readPastRuns, type FactsHistory, type PastRun } from './read-history.ts'
import { readLabels } from './read-labels.ts'
import type { MetricFacts } from './metric-kinds.ts'

/** A check that the history of the metrics suggests. */
export interface CheckSuggestion {
  readonly id: string
  readonly model: string
  readonly column: string
  readonly because: string
  /** The check as it would stand in the project. */
  readonly yaml: string
  readonly test: NewCheck
  readonly runs: number
}

/** History must show a thing this often before it is taken for a rule. */
const leastRuns = 8
const mostValues = 12
/** A share of nulls that stays below is a slip, not the nature of the column. */
const rareNulls = 0.05

/** Checks that hold in all of a model's history and that the project does not have yet. */
export function suggestChecks(workbench: Workbench): CheckSuggestion[] {
  const { connection, project } = workbench
  const published = workbench.publishedRun()
  const labels = readLabels(connection)
  const past = readPastRuns(connection, published, published + 1).filter(
    ({ run }) => labels.of(run, null) !== 'incident',
  )
  if (past.length < leastRuns) return []
  const facts = readFacts(connection, (past[0]?.run ?? 1) - 1)
  return [...project.models.values()]
    .filter((model) => model.layer !== 'export' && measuredName(project, model.name) === model.name)
    .flatMap((model) => suggestForModel(connection, model, { facts, past, published }))
}

interface Known {
  readonly facts: FactsHistory
  readonly past: readonly PastRun[]
  readonly published: number
}

function suggestForModel(connection: Connection, model: Model, { facts, past, published }: Known): CheckSuggestion[] {
  const values = new Map(
    readColumnMetrics(connection, model.name, 'state', isSeenBy(published)).map((metric) => [metric.column, metric]),
  )
  return model.columns.flatMap(({ name, type }): CheckSuggestion[] => {
    const history = past.flatMap(({ run }) => factsAt(facts.of(model.name, 'state', name), run) ?? [])
    if (history.length < leastRuns || history.some(({ rows }) => rows === 0)) return []
    const has = (kind: Check['test']['kind']) =>
      model.checks.some(({ column, test }) => column === name && test.kind === kind)
    const suggest = (kind: string, settings: Readonly<Record<string, unknown>>, because: string): CheckSuggestion => {
      // It warns until a person has seen it right for a while and lets it stop a run.
      const test = { [kind]: { ...settings, config: { severity: 'warn' } } }
      return {
        id: `${model.name}.${name}.${kind}`,
        model: model.name,
        column: name,
        because: `${because} in ${history.length} runs`,
        yaml: `- ${flowOf(test)}`,
        test,
        runs: history.length,
      }
    }
    const found: CheckSuggestion[] = []
    if (!has('not_null') && !has('not_null_proportion'))
      found.push(...nullCheck(history).map((check) => suggest(...check)))
    const metric = values.get(name)
    const isConstant = history.every(({ distinct }) => distinct === history[0]?.distinct)
    if (
      type === 'text' &&
      metric?.detail.isComplete === true &&
      isConstant &&
      metric.distinct > 1 &&
      metric.distinct <= mostValues &&
      !has('accepted_values')
    ) {
      const accepted = metric.detail.values.map(([value]) => String(value)).toSorted()
      found.push(suggest('accepted_values', { values: accepted }, `the same ${accepted.length} values`))
    }
    const isUnique = history.every(({ distinct, rows, nulls }) => nulls === 0 && distinct === rows)
    if (
      isUnique &&
      metric?.detail.isComplete === true &&
      metric.rows > mostValues &&
      !has('unique') &&
      model.grain.join() !== name
    )
      found.push(suggest('unique', {}, 'every value stood once'))
    return found
  })
}

function nullCheck(history: readonly MetricFacts[]): (readonly [string, Readonly<Record<string, unknown>>, string])[] {
  const shares = history.map(({ nulls, rows }) => nulls / rows)
  const [low, high] = [Math.min(...shares), Math.max(...shares)]
  if (high === 0) return [['not_null', {}, 'no value was ever missing']]
  if (high >= rareNulls) return []
  // Twice as much as was ever seen is no slip of the day any more.
  const atLeast = Math.floor((1 - 2 * high) * 1000) / 1000
  const percent = (share: number) => (100 * share).toFixed(1)
  return [['not_null_proportion', { at_least: atLeast }, `null share was ${percent(low)}-${percent(high)} %`]]
}
