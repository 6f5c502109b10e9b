import { expect, onTestFinished, test } from 'vitest'
import { listNodes } from '../../../src/main/features/models/graph.ts'
import { showModel } from '../../../src/main/features/models/show-model.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { strictProject } from '../../helpers/strict-project.ts'

test('what a blocked run has otherwise than readers see stands beside it', async () => {
  const project = strictProject()
  const workspace = temporaryFolder()
  const header = 'claim_id,company_ein,service_date,amount,claim_type'
  const feed = (line: string) => folderOf({ 'claims.csv': `${header}\n${line}\n` })
  await runFeeds({ input: feed('A1,11-1111111,2022-01-01,5.00,Dental'), workspace, project })
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspace, create: false })
  onTestFinished(() => workbench.close())
  expect(listNodes(workbench).every(({ candidate }) => candidate === null)).toBe(true)

  await runFeeds({ input: feed('A2,11-1111111,2022-01-02,5000.00,Dental'), workspace, project })
  const nodes = new Map(listNodes(workbench).map((node) => [node.name, node]))
  const beside = { run_id: 2, rows: 2, is_changed: true }
  expect(nodes.get('claims')).toMatchObject({ rows: 1, candidate: { ...beside, state: 'none' } })
  expect(nodes.get('stg_claims')).toMatchObject({ rows: 1, state: 'pass', candidate: { ...beside, state: 'fail' } })
  expect(nodes.get('stg_plans')).toMatchObject({ candidate: { rows: 0, state: 'pass', is_changed: false } })

  const { checks } = showModel(workbench, 'stg_claims')
  expect(checks.find(({ name }) => name === 'stg_claims.amount_is_small')).toMatchObject({
    status: 'pass',
    failures: 0,
    candidate: { status: 'fail', failures: 1 },
  })
})
