import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { bin } from './assay.ts'

const header = 'claim_id,company_ein,service_date,amount,claim_type\n'
const few = `${header}C1,11-1111111,2022-01-01,5.00,Dental\n`
const many =
  header + Array.from({ length: 40_000 }, (_, row) => `C${row},11-1111111,2022-01-01,${row}.00,Dental\n`).join('')

// A limit on the size of files (in KiB) stands for the full disk: writes beyond it fail in the same places.
test.skipIf(process.platform === 'win32').each([200, 600, 2_000])(
  'a disk that is full at %d KiB fails the run with exit code 3 and loses nothing',
  async (limit) => {
    const workspace = temporaryFolder()
    await runFeeds({ input: folderOf({ 'claims.csv': few }), workspace })
    const before = exportPublished(workspace)
    const command = `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$@"`
    const input = folderOf({ 'claims_2.csv': many })
    const run = spawnSync(
      'bash',
      [
        '-c',
        command,
        process.execPath,
        bin,
        'run',
        '--input',
        input,
        '--workspace',
        workspace,
        '--as-of',
        '2022-12-31',
      ],
      { encoding: 'utf8' },
    )
    expect(run.stderr).toMatch(/full|no room/)
    expect(run.stderr).toMatch(/What was published before is untouched/)
    expect(run.status).toBe(3)
    expect(diagnoseWorkspace(workspace).findings).toEqual([])
    expect(exportPublished(workspace)).toEqual(before)
  },
)
