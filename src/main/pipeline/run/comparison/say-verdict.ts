import type { ComparedRun } from './compared-runs.ts'
import { leastHistory } from '../../drift/least-history.ts'
import type { SchemaChange } from './compare-schemas.ts'
import type { RowCount } from './count-rows.ts'
import type { Difference, Level } from './shapes.ts'

/** Whether anyone should worry, in one sentence. */
export function sayVerdict(found: {
  readonly a: ComparedRun
  readonly b: ComparedRun
  /** One of the two of which nothing is known but its rows and books. */
  readonly unmeasured: number | null
  readonly differences: readonly Difference[]
  readonly schema: readonly SchemaChange[]
  readonly rows: readonly RowCount[]
  readonly learned: number
}): { readonly level: Level; readonly sentence: string } {
  const { a, b, unmeasured, differences, schema, rows, learned } = found
  const of = (level: Level) => differences.filter((one) => one.level === level)
  const runs = `run ${b.run_id} against run ${a.run_id}`
  const [worst] = of('alarm')
  if (worst !== undefined) {
    const count = of('alarm').length
    const others = count === 1 ? '' : ` ${count - 1} more ${count === 2 ? 'is' : 'are'} unusual.`
    return { level: 'alarm', sentence: `Look at this: ${lowerFirst(worst.sentence)}${others}` }
  }
  if (unmeasured !== null)
    return {
      level: 'notable',
      sentence: `Run ${unmeasured} is not measured: it has just been published, or was ended just then. Only rows and books are compared.`,
    }
  if (schema.length > 0) {
    const [first] = schema
    return {
      level: 'notable',
      sentence: `Columns changed in ${runs}: ${first?.relation}.${first?.column}${schema.length === 1 ? '' : ` and ${schema.length - 1} more`}.`,
    }
  }
  const [notable] = of('notable')
  if (notable !== undefined)
    return {
      level: 'notable',
      sentence: `${lowerFirst(notable.sentence, false)} ${of('notable').length === 1 ? '' : `${of('notable').length - 1} more differ as much. `}Baselines need ${leastHistory} accepted runs and have ${learned}.`,
    }
  const isSame = differences.length === 0 && rows.every(({ delta }) => delta === null || delta === 0)
  if (isSame) return { level: 'usual', sentence: `Nothing differs in ${runs}.` }
  return {
    level: 'usual',
    sentence:
      learned < leastHistory
        ? `Nothing large differs in ${runs}; with ${learned} of ${leastHistory} earlier runs it is too early to say what is usual.`
        : `Nothing unusual in ${runs}: all is within what ${learned} earlier runs let expect.`,
  }
}

function lowerFirst(sentence: string, isLower = true): string {
  return isLower ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence
}
