import { describe, expect, test } from 'vitest'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { exportPublished, temporaryFolder } from '../../helpers/feeds.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { claim, delivery, inWorkspace, publishEach } from './small-claims.ts'

describe('retention', () => {
  test('drops the rows that none of the last runs sees, and nothing that one of them does', async () => {
    const workspace = temporaryFolder()
    const tables: Record<string, string>[] = []
    for (let run = 1; run <= 14; run += 1) {
      const rows = [claim('C1', `${run}.00`, `2022-02-${String(run).padStart(2, '0')}`), claim(`D${run}`, 'x')]
      tables.push(...(await publishEach(workspace, [delivery(String(run), ...rows)])))
    }
    expect(inWorkspace(workspace, 'SELECT min(to_run) FROM staged_claims')).toBe(6)
    expect(inWorkspace(workspace, 'SELECT count(*) FROM assay_quarantine')).toBe(14)
    const runs = openRuns(workspace)
    const targets = (await runs.all()).filter((run) => run.can_roll_back).map((run) => run.run_id)
    expect(targets).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5])
    await expect(runs.rollBack(4)).rejects.toMatchObject({ hint: `There are: ${targets.join(', ')}.` })
    for (const run of targets.toReversed()) {
      await runs.rollBack(run)
      expect(exportPublished(workspace)).toEqual(tables[run - 1])
    }
    await runs.rollBack(6)
    await publishEach(workspace, [delivery('again', claim('C9', '1.00'))])
    expect((await runs.all()).filter((run) => run.can_roll_back).map((run) => run.run_id)).toEqual([6, 5])
    await runs.rollBack(5)
    expect(exportPublished(workspace)).toEqual(tables[4])
    expect(diagnoseWorkspace(workspace)).toMatchObject({ findings: [], facts: { oldest_kept_run: 5 } })
  })

  test('looks up what there is to drop', async () => {
    const workspace = temporaryFolder()
    await publishEach(workspace, [delivery('1', claim('C1', '5.00'))])
    const { connection } = openWorkspace(workspace)
    const plan = connection.prepare('EXPLAIN QUERY PLAN DELETE FROM staged_claims WHERE to_run <= ?').all(1)
    connection.close()
    expect(JSON.stringify(plan)).toContain('USING INDEX staged_claims_closed')
  })
})
