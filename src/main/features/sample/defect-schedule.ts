import { draw, mix, type Draws } from './draws.ts'
import type { DefectSpec, FileSpec } from './sample-schema.ts'

/** Which lines of a feed are broken, and how: each defect at its rate, at least once, no two on one line. */
export interface DefectSchedule {
  readonly entries: readonly Entry[]
  readonly draws: Draws
}

interface Entry {
  readonly defect: DefectSpec
  /** Lines in which it occurs once. */
  readonly period: number
  /** The first line of the period that comes next. */
  start: number
  /** From this line on it is due; it then takes the first line that suits it. */
  due: number
}

/** Plans the defects of a feed of so many lines. */
export function defectSchedule(defects: readonly DefectSpec[], lines: number, key: number): DefectSchedule {
  const draws = Int32Array.of(mix(key), 1)
  const entries = defects.map((defect) => {
    const period = Math.max(1, Math.round(1 / defect.rate))
    // What is rarer than one in the feed comes in the middle of it, so that there is room to wait for a line that suits.
    const due = period < lines ? draw(draws) * period : lines * (0.25 + 0.5 * draw(draws))
    return { defect, period, start: period, due: Math.floor(due) }
  })
  return { entries, draws }
}

/** The defect of this line, if any, for a file that has these fields; lines are asked for in order. */
export function defectAt(
  { entries, draws }: DefectSchedule,
  line: number,
  file: FileSpec,
  fields: readonly string[],
): DefectSpec | null {
  for (const entry of entries) {
    if (entry.due > line || !suits(entry.defect, file, fields)) continue
    entry.due = entry.start + Math.floor(draw(draws) * entry.period)
    entry.start += entry.period
    return entry.defect
  }
  return null
}

function suits({ cells, record }: DefectSpec, { format }: FileSpec, fields: readonly string[]): boolean {
  if (record !== undefined) return format === (record === 'cut_short' ? 'ndjson' : 'csv')
  return Object.keys(cells ?? {}).every((field) => fields.includes(field))
}
