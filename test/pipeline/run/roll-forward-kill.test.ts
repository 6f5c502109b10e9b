import { cpSync } from 'node:fs'
import { expect, test } from 'vitest'
import { crash } from '../../helpers/broken-off.ts'
import { dumpWorkspace } from '../../helpers/dump-workspace.ts'
import { benefits, exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { feedsRequest, releaseUntilKilled, rollUntilKilled, runUntilKilled } from '../../helpers/killed-run.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { strictProject } from '../../helpers/strict-project.ts'

const kills = 12
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
  const runs = openRuns(workspace)
  await runs.rollBack(1)
  return { workspace, runs, kept, last, first: exportPublished(workspace) }
}

test(`kill -9 at ${kills} moments of the beginning of a run: what is set aside is whole`, async () => {
  const { workspace, runs, kept, last, first } = await rolledBack()
  const request = feedsRequest({ input: input('4', '4.00'), workspace })
  for (let kill = 0; kill < kills; kill += 1) {
    expect(await runUntilKilled(request, 10 + kill * 12)).toBeNull()
    expect(exportPublished(workspace)).toEqual(first)
    expectOneStateEach(workspace)
    await runs.rollBack(3)
    expect(exportPublished(workspace)).toEqual(last)
    expect(dumpWorkspace(workspace)).toEqual(kept)
    await runs.rollBack(1)
  }
}, 120_000)

test(`kill -9 at ${kills} moments of a rolling forward: readers see the one run or the other, whole`, async () => {
  const { workspace, runs, kept, last, first } = await rolledBack()
  const site = { workspace, project: benefits }
  const setAside = async () => {
    await runs.rollBack(1)
    await crash(feedsRequest({ input: input('4', '4.00'), workspace }), 'checking')
  }
  await setAside()
  const { statements = 0 } = (await rollUntilKilled(site, 3, null)) ?? {}
  expect(exportPublished(workspace)).toEqual(last)
  await setAside()
  for (let kill = 0; kill < kills; kill += 1) {
    expect(await rollUntilKilled(site, 3, Math.ceil(((kill + 1) * statements) / kills))).toBeNull()
    const isDone = (await runs.show(3)).is_current
    expect(exportPublished(workspace)).toEqual(isDone ? last : first)
    expectOneStateEach(workspace)
    if (!isDone) continue
    expect(dumpWorkspace(workspace)).toEqual(kept)
    await setAside()
  }
  await runs.rollBack(3)
  expect(dumpWorkspace(workspace)).toEqual(kept)
}, 120_000)

test(`kill -9 at ${kills} moments of a release of a run that is set aside: both candidates are whole, or the one is published`, async () => {
  const [workspace, project] = [temporaryFolder(), strictProject()]
  await runFeeds({ input: input('1', '1.00'), workspace, project })
  const before = exportPublished(workspace)
  for (const name of ['2', '3']) await runFeeds({ input: input(name, '5000.00'), workspace, project })
  const runs = openRuns(workspace, project)
  const kept = dumpWorkspace(workspace)
  const copy = temporaryFolder()
  cpSync(workspace, copy, { recursive: true })
  const { statements = 0 } = (await releaseUntilKilled({ workspace: copy, project }, 2, null)) ?? {}
  const after = exportPublished(copy)
  let isDone = false
  for (let kill = 0; kill < kills && !isDone; kill += 1) {
    expect(await releaseUntilKilled({ workspace, project }, 2, Math.ceil(((kill + 1) * statements) / kills))).toBeNull()
    isDone = (await runs.show(2)).is_current
    expect(exportPublished(workspace)).toEqual(isDone ? after : before)
    expectOneStateEach(workspace)
    if (isDone) continue
    expect(dumpWorkspace(workspace)).toEqual(kept)
    expect(await runs.show(2)).toMatchObject({ can_bring_back: true })
  }
  if (!isDone) await runs.release(2)
  expect(exportPublished(workspace)).toEqual(after)
  expectOneStateEach(workspace)
}, 120_000)
