import { cpSync } from 'node:fs'
import { expect, test } from 'vitest'
import { crash } from '../../helpers/broken-off.ts'
import { dumpWorkspace } from '../../helpers/dump-workspace.ts'
import { benefits, exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import {
  feedsRequest,
  leaveBehind,
  momentsOf,
  recordWork,
  runUntilKilled,
  type Ended,
} from '../../helpers/killed-run.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { strictProject } from '../../helpers/strict-project.ts'

const kills = 8
const claims = (...lines: readonly string[]) =>
  `claim_id,company_ein,service_date,amount,claim_type,last_updated\n${lines.join('\n')}\n`
const input = (name: string, amount: string) =>
  folderOf({
    [`claims_${name}.csv`]: claims(
      `C1,11-1111111,2022-01-01,${amount},Dental,2022-0${name}-01`,
      `C${name}1,22-2222222,2022-02-01,5.00,Dental,`,
      `C${name}2,22-2222222,2022-02-01,x,Dental,`,
    ),
  })

/** Three published runs, of which readers see the first. */
async function rolledBack() {
  const workspace = temporaryFolder()
  for (const name of ['1', '2', '3']) await runFeeds({ input: input(name, `${name}.00`), workspace })
  const [kept, last] = [dumpWorkspace(workspace), exportPublished(workspace)]
  await openRuns(workspace).rollBack(1)
  return { workspace, kept, last, first: exportPublished(workspace) }
}

/** Moments of the work, also two in the middle of the transaction that gives readers another run. */
const momentsIn = (whole: Ended) => [
  ...momentsOf(whole, kills - 2),
  ...[0.4, 0.7].map((part) => Math.ceil(whole.publishing * part)),
]

function copyOf(workspace: string): string {
  const copy = temporaryFolder()
  cpSync(workspace, copy, { recursive: true })
  return copy
}

test(`kill -9 at ${kills} moments of the beginning of a run: what is set aside is whole`, async () => {
  const { workspace, kept, last, first } = await rolledBack()
  const fourth = input('4', '4.00')
  const requestIn = (folder: string) => feedsRequest({ input: fourth, workspace: folder })
  const moments = Array.from({ length: kills }, (_, kill) => 10 + kill * 12)
  const expectAside = async (left: string) => {
    expect(exportPublished(left)).toEqual(first)
    expectOneStateEach(left)
    await openRuns(left).rollBack(3)
    expect(exportPublished(left)).toEqual(last)
    expect(dumpWorkspace(left)).toEqual(kept)
  }
  for (const left of await leaveBehind({ kind: 'run', request: requestIn(copyOf(workspace)) }, moments))
    await expectAside(left.workspace)
  expect(await runUntilKilled(requestIn(workspace), moments[kills / 2] ?? 1)).toBeNull()
  await expectAside(workspace)
}, 300_000)

test(`kill -9 at ${kills} moments of a rolling forward: readers see the one run or the other, whole`, async () => {
  const { workspace, kept, last, first } = await rolledBack()
  await crash(feedsRequest({ input: input('4', '4.00'), workspace }), 'checking')
  const rollIn = (workspaceFolder: string) =>
    ({ kind: 'roll', site: { projectFolder: benefits, workspaceFolder }, to: 3 }) as const
  const reference = copyOf(workspace)
  const whole = await recordWork(rollIn(reference))
  expect(exportPublished(reference)).toEqual(last)
  for (const left of await leaveBehind(rollIn(copyOf(workspace)), momentsIn(whole))) {
    const runs = openRuns(left.workspace)
    expect((await runs.show(3)).is_current).toBe(left.isPublished)
    expect(exportPublished(left.workspace)).toEqual(left.isPublished ? last : first)
    expectOneStateEach(left.workspace)
    if (!left.isPublished) await runs.rollBack(3)
    expect(dumpWorkspace(left.workspace)).toEqual(kept)
  }
}, 300_000)

test(`kill -9 at ${kills} moments of a release of a run that is set aside: both candidates are whole, or the one is published`, async () => {
  const [workspace, project] = [temporaryFolder(), strictProject()]
  await runFeeds({ input: input('1', '1.00'), workspace, project })
  const before = exportPublished(workspace)
  for (const name of ['2', '3']) await runFeeds({ input: input(name, '5000.00'), workspace, project })
  const kept = dumpWorkspace(workspace)
  const releaseIn = (workspaceFolder: string) =>
    ({ kind: 'release', site: { projectFolder: project, workspaceFolder }, to: 2 }) as const
  const reference = copyOf(workspace)
  const whole = await recordWork(releaseIn(reference))
  const after = exportPublished(reference)
  for (const left of await leaveBehind(releaseIn(copyOf(workspace)), momentsIn(whole))) {
    const runs = openRuns(left.workspace, project)
    expect((await runs.show(2)).is_current).toBe(left.isPublished)
    expect(exportPublished(left.workspace)).toEqual(left.isPublished ? after : before)
    expectOneStateEach(left.workspace)
    if (left.isPublished) continue
    expect(dumpWorkspace(left.workspace)).toEqual(kept)
    expect(await runs.show(2)).toMatchObject({ can_bring_back: true })
    await runs.release(2)
    expect(exportPublished(left.workspace)).toEqual(after)
    expectOneStateEach(left.workspace)
  }
}, 300_000)
