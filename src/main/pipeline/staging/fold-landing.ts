import { quoteName, quoteText } from '../../store/database.ts'
import type { StagedTable } from './staged-table.ts'

/** Assignments of the fold, for the landed row against `excluded`, the one that arrives. */
export function foldAssignments(staged: StagedTable, landed: readonly string[], source: string): string {
  const content = staged.content.map(quoteName)
  const key = `excluded.${quoteName(staged.keyColumn)}`
  const differs = `(${content.join(', ')}) IS NOT (${content.map((name) => `excluded.${name}`).join(', ')})`
  const wins = `(excluded.recency > recency OR (excluded.recency = recency AND ${differs}))`
  // Where a record of the key is held back, it may come in between one day: then each repetition counts.
  const isHeldBack = `EXISTS (SELECT 1 FROM landing_record AS r WHERE r.identity = ${key})
    OR EXISTS (SELECT 1 FROM assay_record AS r WHERE r.source = ${quoteText(source)} AND r.identity = ${key})`
  const isRival = `(${differs} OR excluded.recency <> recency OR is_contested OR ${isHeldBack})`
  const place = ['arrival', 'row_id', 'recency']
  const taken = [...place.map(quoteName), ...content].map(
    (name) => `${name} = CASE WHEN ${wins} THEN excluded.${name} ELSE ${name} END`,
  )
  const tied = `was_tied = CASE WHEN excluded.recency > recency THEN 0 WHEN ${wins} THEN 1 ELSE was_tied END`
  const carried = staged.carried.flatMap((column) => {
    const best = quoteName(`${column}__best`)
    const at = quoteName(`${column}__at`)
    const better = `excluded.${at} IS NOT NULL AND (${at} IS NULL OR excluded.${at} >= ${at})`
    return [best, at].map((name) => `${name} = CASE WHEN ${better} THEN excluded.${name} ELSE ${name} END`)
  })
  const whole = [...place, ...landed].map((name) => `excluded.${quoteName(name)}`).join(', ')
  const rival = `rival = CASE WHEN ${isRival} THEN json_array(${whole}) END`
  const contested = `is_contested = ${isRival}`
  return [...taken, tied, ...carried, rival, contested].join(', ')
}

/** Keeps both records beside when one meets another of its key that differs. (An OR IGNORE would not count inside of an upsert's trigger.) */
export function rivalTrigger(staged: StagedTable, landed: readonly string[]): string {
  const columns = ['arrival', 'row_id', 'recency', ...landed].map(quoteName)
  const rival = quoteName(`${staged.landing}_rival`)
  return `
    CREATE TEMP TRIGGER ${quoteName(`${staged.landing}_meets`)} AFTER UPDATE OF rival ON ${quoteName(staged.landing)}
    WHEN NEW.rival IS NOT NULL BEGIN
      INSERT INTO ${rival} (${columns.join(', ')}) SELECT ${columns.map((name) => `OLD.${name}`).join(', ')}
      WHERE NOT EXISTS (SELECT 1 FROM ${rival} AS k WHERE k.arrival = OLD.arrival);
      INSERT INTO ${rival} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `NEW.rival ->> ${index}`).join(', ')});
    END`
}
