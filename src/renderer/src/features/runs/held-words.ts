import type { HeldPart } from '#protocol/held-part'
import type { RunSummary } from '#features/runs'
import { plural } from '../../lib/format.ts'

/** What a run holds back, and what holds it back: `Held back: 44-4444444 (gate of claims)`. */
export function heldWords({ held_parts: count, held_first: first }: RunSummary): string {
  const parts = causesOf(first).map(({ value, checks }) => `${value} (${checks.join(', ')})`)
  const more = count - parts.length
  return `Held back: ${parts.join(', ')}${more > 0 ? `, and ${plural(more, 'more', 'more')}` : ''}`
}

/** The parts that are held, each once, with all that holds it back. */
export function causesOf(held: readonly HeldPart[]) {
  return [...Map.groupBy(held, ({ value }) => value)].map(([value, parts]) => ({
    value,
    checks: [...new Set(parts.map(({ check }) => check))],
    sinceRun: Math.min(...parts.map(({ since_run: since }) => since)),
  }))
}
