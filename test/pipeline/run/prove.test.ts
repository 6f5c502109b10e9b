import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { setLimit } from '../../../src/main/features/incident/limits.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { proveWorkspace } from '../../../src/main/pipeline/run/diagnose/prove-workspace.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { benefits, folderOf, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'

const jobThread = new URL('../../../src/main/hosts/engine/job-thread.ts', import.meta.url)
const prove = (workspaceFolder: string) =>
  proveWorkspace({ projectFolder: benefits, workspaceFolder, jobThread, progress() {} })

async function repairedWorkspace(): Promise<string> {
  const workspace = temporaryFolder()
  await runFeeds({ input: join(repository, 'test/fixtures/messy/input'), workspace })
  const quarantine = openQuarantine(workspace)
  await quarantine.correctAll({ kind: 'suggestions', min_confidence: 0.3 })
  await quarantine.replayAll()
  const [open] = (await quarantine.rows()).filter(({ state }) => state === 'open')
  await quarantine.discard({ target: { ids: [open?.id ?? 0] }, reason: 'not ours' })
  const late = 'claim_id,company_ein,service_date,amount,claim_type\nLATE1,11-1111111,2022-05-05,12.00,Dental\n'
  await runFeeds({ input: folderOf({ 'claims_late.csv': late }), workspace })
  quarantine.close()
  return workspace
}

test('what was repaired and replayed is what a full refresh gives', async () => {
  const workspace = await repairedWorkspace()
  const proof = await prove(workspace)
  expect(proof.models.filter(({ is_equal }) => !is_equal)).toEqual([])
  expect(proof).toMatchObject({ is_equal: true, deliveries: 2 })
  expect(readdirSync(workspace).filter((name) => name.startsWith('prove-'))).toEqual([])
})

test('a row that nobody delivered is found', async () => {
  const workspace = await repairedWorkspace()
  const { connection } = openWorkspace(workspace)
  connection.exec("UPDATE staged_claims SET amount = amount + 1 WHERE to_run IS NULL AND claim_id = 'LATE1'")
  connection.close()
  const { is_equal, models } = await prove(workspace)
  expect(is_equal).toBe(false)
  expect(models.filter((model) => !model.is_equal).map(({ name }) => name)).toContain('stg_claims')
})

test('a feed that the archive lost is named', async () => {
  const workspace = await repairedWorkspace()
  rmSync(join(workspace, 'feeds'), { recursive: true })
  await expect(prove(workspace)).rejects.toThrow(/does not have claims_a\.csv, which run 1 read/)
})

test('what was held by a limit and taken in later is proven too, as is what is held still', async () => {
  const workspace = temporaryFolder()
  const limit = async (maxRows: number | null) => {
    const workbench = openWorkbench({ projectFolder: benefits, workspaceFolder: workspace, create: true })
    await setLimit(workbench, 'test', { source: 'claims', max_rows: maxRows, companies: [], reason: '' })
    workbench.close()
  }
  const input = join(repository, 'test/fixtures/messy/input')
  await limit(500)
  await runFeeds({ input, workspace })
  expect(await prove(workspace)).toMatchObject({ is_equal: true })
  await limit(null)
  const late = 'claim_id,company_ein,service_date,amount,claim_type\nLATE1,11-1111111,2022-05-05,12.00,Dental\n'
  await runFeeds({ input: folderOf({ 'claims_late.csv': late }), workspace })
  expect(await prove(workspace)).toMatchObject({ is_equal: true })
})
