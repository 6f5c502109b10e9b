import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstDay } from '../../helpers/daily-feeds.ts'
import { branch, compareLast, deliver, liveThrough, type DayAlarm, type DriftWorld } from '../../helpers/drift-world.ts'
import { isAbout, plantedDrifts } from '../../helpers/planted.ts'

// Six weeks; the next day is a Monday, when all feeds come.
const days = 42
const folder = mkdtempSync(join(tmpdir(), 'assay-test-'))
const world: DriftWorld = { folder, seed: 16, rowsADay: 700, pastDays: 12 }
let alarms: readonly DayAlarm[] = []

// Half a minute, but for a machine that has much else to do.
beforeAll(async () => {
  alarms = await liveThrough(world, firstDay, days)
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('weekdays and chance raise no alarm in six weeks; only the first end of a month, which is like none before, may', () => {
  const isFirstMonthEnd = ({ day, sentence }: DayAlarm) =>
    (day === firstDay + 27 || day === firstDay + 28) && sentence.startsWith('Rows of claims, as delivered')
  expect(alarms.filter((alarm) => !isFirstMonthEnd(alarm))).toEqual([])
})

describe('what is planted in the feeds of one day', () => {
  test.each(plantedDrifts)('%s is an alarm, and the first', async (drift) => {
    const other = branch(world, mkdtempSync(join(folder, 'branch-')))
    await deliver(other, firstDay + days, drift)
    const [first] = compareLast(other)?.differences ?? []
    expect(first?.level, first?.sentence).toBe('alarm')
    expect(first !== undefined && isAbout[drift](first), first?.sentence).toBe(true)
  })
})
