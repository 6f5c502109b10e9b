import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { compareRuns, type RunComparison } from '../../src/main/pipeline/run/comparison/compare-runs.ts'
import { openWorkbench } from '../../src/main/pipeline/run/open-workbench.ts'
import { runPipeline } from '../../src/main/pipeline/run/run-pipeline.ts'
import { dailyFeeds, dateOf, firstDay, type FeedSize, type PlantedDrift } from './daily-feeds.ts'

const project = resolve(import.meta.dirname, '../../resources/projects/benefits')
const jobThread = new URL('../../src/main/hosts/engine/job-thread.ts', import.meta.url)

/** A workspace into which feeds are delivered day by day. */
export interface DriftWorld extends FeedSize {
  readonly folder: string
  readonly seed: number
}

const workspaceOf = ({ folder }: DriftWorld) => join(folder, 'workspace')

/** Delivers the feeds of a day, in good order unless something is planted; gates let through what they would hold. */
export async function deliver(world: DriftWorld, day: number, planted?: PlantedDrift): Promise<void> {
  const input = join(world.folder, `input-${day}`)
  mkdirSync(input, { recursive: true })
  for (const [name, content] of Object.entries(dailyFeeds(world.seed, day, world, planted)))
    writeFileSync(join(input, name), content)
  const { status, run_id: run } = await runPipeline(
    {
      kind: 'feeds',
      projectFolder: project,
      inputFolder: input,
      workspaceFolder: workspaceOf(world),
      asOf: dateOf(day),
      exportFolder: null,
      startedBy: 'simulation',
      records: null,
      allowHeld: { reason: 'what the metrics say is what is looked at', isExpected: false },
    },
    { started() {}, progress() {}, log() {} },
    jobThread,
  )
  if (status !== 'published') throw new Error(`run ${run} of ${dateOf(day)} is ${status}`)
}

/** Compares the last two runs. */
export function compareLast(world: DriftWorld): RunComparison | null {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspaceOf(world), create: false })
  try {
    return compareRuns(workbench, {})
  } finally {
    workbench.close()
  }
}

export interface DayAlarm {
  readonly day: number
  readonly sentence: string
}

/** Delivers days in good order, and gives what was an alarm in any of them. */
export async function liveThrough(world: DriftWorld, from: number, days: number): Promise<readonly DayAlarm[]> {
  const alarms: DayAlarm[] = []
  for (let day = from; day < from + days; day += 1) {
    await deliver(world, day)
    if (day === firstDay) continue
    for (const { level, sentence } of compareLast(world)?.differences ?? [])
      if (level === 'alarm') alarms.push({ day, sentence })
  }
  return alarms
}

/** The same world at the same day, to go another way from there. */
export function branch(world: DriftWorld, folder: string): DriftWorld {
  cpSync(workspaceOf(world), join(folder, 'workspace'), { recursive: true })
  return { ...world, folder }
}
