import type { Model } from '../project/project.ts'
import { counted, countedNoun } from '../gate/words.ts'
import { pastBuilds } from './guard-history.ts'
import type { GuardVerdict } from './model-guards.ts'
import { usualBand } from './usual-band.ts'
import type { BuiltModel, InputRows, WatchContext } from './watch-context.ts'

/** Less than this is never too long: the machine may be busy with other things. */
const secondsThatNeverMatter = 5
const rowsThatNeverMatter = 1_000

/** Judges what a model cost: the seconds it took and, where all of it was built, the rows that it read, against its own history. */
export function guardCost(
  { connection }: Pick<WatchContext, 'connection'>,
  model: Model,
  { scope, seconds }: Pick<BuiltModel, 'scope' | 'seconds'>,
  inputs: readonly InputRows[],
): readonly GuardVerdict[] {
  const { maxSeconds, severity } = model.guard
  const bad = severity === 'error' ? 'fail' : 'warn'
  const history = pastBuilds(connection, model.name, scope)
  const verdicts: GuardVerdict[] = []
  const took = usualBand(
    history.map((past) => past.seconds),
    secondsThatNeverMatter,
  )
  const mostSeconds = maxSeconds ?? took?.high ?? null
  if (mostSeconds !== null) {
    const isTooLong = seconds > mostSeconds
    const usual =
      maxSeconds === null
        ? `the median of its last ${history.length} runs is ${shown(took?.middle ?? 0)}, and up to ${shown(mostSeconds)} is usual`
        : `its .yml allows ${asWritten(maxSeconds)}`
    verdicts.push({
      model: model.name,
      guard: 'seconds',
      status: isTooLong ? bad : 'pass',
      value: seconds,
      low: null,
      high: mostSeconds,
      message: `${model.name} took ${maxSeconds !== null && seconds < 1 ? asWritten(Number(seconds.toPrecision(2))) : shown(seconds)}; ${usual}.`,
    })
  }
  const rows = inputs.reduce((sum, input) => sum + input.rows, 0)
  const read =
    scope === 'part'
      ? null
      : usualBand(
          history.map((past) => past.rowsRead),
          rowsThatNeverMatter,
        )
  if (read !== null) {
    const largest = inputs.toSorted((one, other) => other.rows - one.rows)[0]
    const most = largest === undefined ? '' : ` Most are of ${largest.name}: ${counted(largest.rows)}.`
    verdicts.push({
      model: model.name,
      guard: 'rows_read',
      status: rows > read.high ? bad : 'pass',
      value: rows,
      low: null,
      high: read.high,
      message: `${model.name} read ${countedNoun(rows, 'row')}; the median of its last ${history.length} runs is ${counted(Math.round(read.middle))}, and up to ${counted(Math.round(read.high))} is usual.${most}`,
    })
  }
  return verdicts
}

/** Without rounding: a limit is told as its author wrote it, and what is beside it as finely. */
function asWritten(seconds: number): string {
  return `${seconds.toLocaleString('en', { maximumFractionDigits: 20 })} s`
}

function shown(seconds: number): string {
  if (seconds < 0.05) return 'less than 0.1 s'
  return `${seconds < 10 ? seconds.toFixed(1) : counted(Math.round(seconds))} s`
}
