import type { HistoryPoint } from './history-point.ts'

/** So many deviations of a normal value come by chance once in a hundred thousand cases. */
const rare = 4.26

/** How far a share of so many rows may lie from that of all earlier ones by chance; 0 where their rows are not known. */
export function shareByChance(history: readonly HistoryPoint[], rows: number | undefined): number {
  const known = history.reduce((sum, point) => sum + (point.rows ?? 0), 0)
  if (rows === undefined || rows <= 0 || known === 0) return 0
  const part = history.reduce((sum, { value, rows: of = 0 }) => sum + value * of, 0) / known
  // As if one row in all had more: a share of zero is never known for sure.
  const share = Math.min(Math.max(part, 1 / known), 0.5)
  return rare * Math.sqrt((share * (1 - share)) / rows)
}
