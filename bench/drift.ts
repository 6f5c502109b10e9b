// How many alarms 100 clean daily runs raise, and where planted drifts rank in the comparison of the run with the one before.
// npm run -s bench:drift [-- SEED [ROWS_A_DAY [DAYS]]]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dateOf, firstDay } from '../test/helpers/daily-feeds.ts'
import { branch, compareLast, deliver, liveThrough, type DriftWorld } from '../test/helpers/drift-world.ts'
import { isAbout, plantedDrifts } from '../test/helpers/planted.ts'

const seed = Number(process.argv[2] ?? 1)
const rowsADay = Number(process.argv[3] ?? 800)
const days = Number(process.argv[4] ?? 105)
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const say = (what: string, figure: string) => process.stdout.write(`${what.padEnd(24)} ${figure}\n`)
try {
  const world: DriftWorld = { folder, seed, rowsADay, pastDays: 200 }
  const from = performance.now()
  const alarms = await liveThrough(world, firstDay, days)
  say('clean runs', `${days - 1}, alarms ${alarms.length}, ${((performance.now() - from) / 1000).toFixed(1)} s`)
  for (const { day, sentence } of alarms) say(`  ${dateOf(day)}`, sentence)
  // The day after is a Monday, when all feeds come.
  for (const drift of plantedDrifts) {
    const other = branch(world, mkdtempSync(join(folder, 'branch-')))
    await deliver(other, firstDay + days, drift)
    const began = performance.now()
    const found = (compareLast(other)?.differences ?? []).filter(({ level }) => level === 'alarm')
    const milliseconds = (performance.now() - began).toFixed(0)
    const rank = found.findIndex(isAbout[drift]) + 1
    say(drift, `rank ${rank === 0 ? 'none' : rank} of ${found.length} alarms, overview ${milliseconds} ms`)
    for (const { sentence, unusual, effect } of found.slice(0, 3))
      say('', `${(unusual ?? 0).toFixed(1)} (${effect.toFixed(1)}) ${sentence}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
