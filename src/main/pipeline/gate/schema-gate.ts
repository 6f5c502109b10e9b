import { mainTypeOf, type ColumnProfile } from './column-profile.ts'
import type { GateSettings } from '../contract/gate-settings.ts'
import { leastHistory } from '../drift/least-history.ts'
import type { Delivery, GateVerdict, PastDelivery } from './delivery.ts'
import { findRenamed, type Renamed } from './find-renamed.ts'
import { listed, namedRuns, percent } from './words.ts'

/** A column that is said to have a type shows it in as many of its cells; one that has lost it, in fewer than half. */
const clearShare = 0.9
const lostShare = 0.5

interface Change {
  readonly isHeld: boolean
  readonly text: string
}

/**
 * Judges whether the columns are those of the last accepted delivery. evolve: new ones warn; freeze: any change holds; discard: new ones do
 * not matter. A column of the contract that every one of the last eight had may vanish or change its type under no policy.
 */
export function judgeSchema(
  delivery: Delivery,
  history: readonly PastDelivery[],
  { columns: policy }: GateSettings,
  contracted: ReadonlySet<string>,
): GateVerdict {
  const known = history.filter((past) => past.columns !== null).slice(-leastHistory)
  const last = known.at(-1)
  const facts = { gate: 'schema', low: 0, high: 0 } as const
  if (last === undefined || last.columns === null) {
    const message = `${delivery.source}: there is no accepted delivery yet to compare the columns with.`
    return { ...facts, status: 'quiet', value: null, learnedFrom: [], message }
  }
  const before = last.columns
  const now = new Map(delivery.columns.map((column) => [column.name, column]))
  const names = new Set(before.map(({ name }) => name))
  const added = delivery.columns.filter(({ name }) => !names.has(name))
  const gone = before.filter(({ name }) => !now.has(name))
  const renamed = findRenamed(gone, added, { before, now: delivery.columns })
  const isEstablished = (name: string) =>
    contracted.has(name) &&
    known.length === leastHistory &&
    known.every(({ columns }) => columns?.some((column) => column.name === name))
  const isHeld = (name: string) => policy === 'freeze' || isEstablished(name)
  const changes: readonly Change[] = [
    ...gone.map(({ name }) => ({ isHeld: isHeld(name), text: goneText(name, renamed) })),
    ...before.flatMap((column) => {
      const text = typeChange(column, now.get(column.name))
      return text === null ? [] : [{ isHeld: isHeld(column.name), text }]
    }),
    ...(policy === 'discard' ? [] : added)
      .filter(({ name }) => !renamed.some((pair) => pair.to === name))
      .map(({ name }) => ({ isHeld: policy === 'freeze', text: `${name} is new` })),
  ]
  const learnedFrom = known.map(({ runId }) => runId)
  const value = changes.length
  if (value === 0) {
    const ignored = added.length > 0 ? `; ${listed(added.map(({ name }) => name))} is not looked at` : ''
    const message = `${delivery.source}: the columns are those of run ${last.runId}${ignored}.`
    return { ...facts, status: 'pass', value, learnedFrom, message }
  }
  const texts = changes.map(({ text }) => text).join('; ')
  const message = `${delivery.source}: the columns are not those of ${namedRuns(learnedFrom)}: ${texts}.`
  return { ...facts, status: changes.some((change) => change.isHeld) ? 'held' : 'warn', value, learnedFrom, message }
}

function goneText(name: string, renamed: readonly Renamed[]): string {
  const pair = renamed.find(({ from }) => from === name)
  return pair === undefined ? `${name} is missing` : `${name} was most likely renamed to ${pair.to} (${pair.why})`
}

function typeChange(before: ColumnProfile, now: ColumnProfile | undefined): string | null {
  const was = mainTypeOf(before)
  const is = now === undefined ? null : mainTypeOf(now)
  if (now === undefined || was === null || is === null || was.share < clearShare || is.type === was.type) return null
  const left = now.cells[was.type] / (now.cells.number + now.cells.date + now.cells.text)
  if (left >= lostShare) return null
  return `${before.name} holds a ${is.type} in ${percent(is.share)} of its cells, and held a ${was.type} in ${percent(was.share)}`
}
