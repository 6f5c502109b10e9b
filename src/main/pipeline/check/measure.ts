import { formatCell } from '../../kernel/format-value.ts'
import { quoteName, type Connection } from '../../store/database.ts'
import { counted, countedNoun } from '../gate/words.ts'
import { guardSelect } from '../model/guard-select.ts'
import type { ModelCompiler } from '../model/compile-model.ts'
import type { Model } from '../project/project.ts'
import { outsideOf, type MeasureCheck } from './failing-rows.ts'
import { compareShare, decimalText } from './threshold.ts'

/** What a check measured of all rows together, and how good that is. */
export interface Measurement {
  readonly measured: string
  readonly expected: string
  readonly verdict: 'good' | 'warn' | 'bad'
}

const millisecondsPerDay = 86_400_000

/** Measures what a check asks of all rows together. */
export function measure(
  connection: Connection,
  check: MeasureCheck,
  model: Model,
  compiler: ModelCompiler,
): Measurement {
  const { test } = check
  const rows = compiler.relation(model.name)
  const column = quoteName(check.column ?? '')
  const type = model.columns.find(({ name }) => name === check.column)?.type ?? 'integer'
  const one = (sql: string) => connection.prepare(sql).pluck().get() as number | null
  switch (test.kind) {
    case 'row_count': {
      const count = Number(one(`SELECT count(*) FROM ${rows}`))
      const other =
        test.equalTo === null ? null : Number(one(`SELECT count(*) FROM ${compiler.relation(test.equalTo)}`))
      const isGood = count >= (test.min ?? 0) && count <= (test.max ?? Infinity) && (other === null || count === other)
      const expected = [
        ...boundWords(test.min, test.max),
        ...(other === null ? [] : [`${counted(other)}, as ${test.equalTo} has`]),
      ]
      return { measured: countedNoun(count, 'row'), expected: expected.join(', '), verdict: isGood ? 'good' : 'bad' }
    }
    case 'freshness': {
      const newest = one(`SELECT max(${column}) FROM ${rows}`)
      const day = newest === null || type === 'date' ? newest : Math.floor(newest / millisecondsPerDay)
      const age = day === null ? Infinity : compiler.asOf - day
      const isOlder = (limit: number | null) => limit !== null && age > limit
      const expected = [
        ...(test.warnAfter === null ? [] : [`warns after ${test.warnAfter} days`]),
        ...(test.errorAfter === null ? [] : [`fails after ${test.errorAfter} days`]),
      ]
      return {
        measured: day === null ? 'no rows' : `${age} days, newest ${formatCell('date', day)}`,
        expected: expected.join(', '),
        verdict: isOlder(test.errorAfter) ? 'bad' : isOlder(test.warnAfter) ? 'warn' : 'good',
      }
    }
    case 'sum': {
      const equals = test.equals === null ? null : compiler.render(test.equals, check.place.file)
      const readsAlso = { ...model, readsModels: [...model.readsModels, ...check.reads] }
      const granted = new Set([...compiler.tablesRead(readsAlso), model.name])
      if (equals !== null)
        guardSelect(connection, `SELECT (${equals})`, granted, `The check ${check.name}`, check.place)
      const bounds = test.min === null && test.max === null ? '0' : outsideOf('total', { ...test, isStrict: false })
      const [total, wanted, isOutside] = connection
        .prepare(
          `SELECT total, ${equals === null ? 'total' : `(${equals})`}, ${bounds} FROM (SELECT coalesce(sum(${column}), 0) AS total FROM ${rows})`,
        )
        .raw()
        .safeIntegers()
        .get() as [bigint, bigint | null, bigint]
      const show = (value: unknown) => formatCell(type, typeof value === 'string' ? BigInt(value) : value)
      const expected = [
        ...boundWords(test.min === null ? null : show(test.min), test.max === null ? null : show(test.max)),
        ...(equals === null ? [] : [show(wanted) ?? 'nothing']),
      ]
      const isGood = isOutside === 0n && total === wanted
      return { measured: show(total) ?? '', expected: expected.join(', '), verdict: isGood ? 'good' : 'bad' }
    }
    case 'not_null_proportion': {
      const [all, present] = connection.prepare(`SELECT count(*), count(${column}) FROM ${rows}`).raw().get() as [
        number,
        number,
      ]
      const isGood =
        all === 0 || (compareShare(present, all, test.atLeast) >= 0 && compareShare(present, all, test.atMost) <= 0)
      return {
        measured: `${counted(present)} of ${countedNoun(all, 'row')}`,
        expected: boundWords(decimalText(test.atLeast), decimalText(test.atMost)).join(', '),
        verdict: isGood ? 'good' : 'bad',
      }
    }
  }
}

function boundWords(min: string | number | null, max: string | number | null): readonly string[] {
  return [...(min === null ? [] : [`at least ${min}`]), ...(max === null ? [] : [`at most ${max}`])]
}
