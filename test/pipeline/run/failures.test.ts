import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { lockWorkspace } from '../../../src/main/store/workspace-lock.ts'
import { benefits, folderOf, readTables, repository, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'

const claims = 'claim_id,company_ein,service_date,amount,claim_type\nC1,11-1111111,2022-01-01,5.00,Dental\n'

describe('a run is refused before it starts', () => {
  test('for a folder without feeds', async () => {
    await expect(
      runFeeds({ input: folderOf({ 'notes.txt': 'hello' }), workspace: temporaryFolder() }),
    ).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      hint: expect.stringContaining('claims*'),
    })
  })

  test('for a folder that is not there', async () => {
    await expect(
      runFeeds({ input: join(temporaryFolder(), 'none'), workspace: temporaryFolder() }),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  test.each([
    ['0 bytes', Buffer.alloc(0)],
    ['text', Buffer.from('just a text file, not a database at all'.repeat(10))],
    ['a header alone', Buffer.from('SQLite format 3\u0000')],
  ])('for a workspace file of %s, which stays as it is', async (_, content) => {
    const workspace = folderOf({ 'workspace.db': content })
    await expect(runFeeds({ input: folderOf({ 'claims.csv': claims }), workspace })).rejects.toMatchObject({
      code: 'WORKSPACE_DAMAGED',
    })
    expect(readFileSync(join(workspace, 'workspace.db'))).toEqual(content)
  })

  test('for a workspace of another program, which stays as it is', async () => {
    const workspace = temporaryFolder()
    const other = new Database(join(workspace, 'workspace.db'))
    other.exec('CREATE TABLE theirs (a)')
    other.close()
    const before = readFileSync(join(workspace, 'workspace.db'))
    await expect(runFeeds({ input: folderOf({ 'claims.csv': claims }), workspace })).rejects.toMatchObject({
      code: 'WORKSPACE_DAMAGED',
      message: expect.stringContaining('another program'),
    })
    expect(readFileSync(join(workspace, 'workspace.db'))).toEqual(before)
  })

  test('for a workspace of a newer version', async () => {
    const workspace = temporaryFolder()
    await runFeeds({ input: folderOf({ 'claims.csv': claims }), workspace })
    const { connection } = openWorkspace(workspace)
    connection.pragma('user_version = 9999')
    connection.close()
    await expect(runFeeds({ input: folderOf({ 'claims.csv': claims }), workspace })).rejects.toMatchObject({
      code: 'WORKSPACE_DAMAGED',
      message: expect.stringContaining('newer'),
    })
  })

  test('while another run has the workspace, naming who has it', async () => {
    const workspace = temporaryFolder()
    const lock = lockWorkspace(workspace, 'a test')
    await expect(runFeeds({ input: folderOf({ 'claims.csv': claims }), workspace })).rejects.toMatchObject({
      code: 'WORKSPACE_LOCKED',
      message: expect.stringContaining(`process ${process.pid}`),
    })
    lock.release()
    expect((await runFeeds({ input: folderOf({ 'claims.csv': claims }), workspace })).status).toBe('published')
  })

  test('for a workspace of another project', async () => {
    const workspace = temporaryFolder()
    await runFeeds({ input: folderOf({ 'claims.csv': claims }), workspace })
    const other = join(repository, 'test/fixtures/tiny-project')
    await expect(
      runFeeds({
        input: folderOf({ 'readings.csv': 'station,measured_on,city,degrees\n' }),
        workspace,
        project: other,
      }),
    ).rejects.toMatchObject({ code: 'USAGE' })
  })
})

describe('a broken project is refused with file, line and column', () => {
  const cases: readonly [what: string, file: string, from: RegExp | string, to: string, place: string][] = [
    ['an unknown key', 'project.yml', 'null_words:', 'nul_words:', 'project.yml:'],
    ['broken YAML', 'contracts/claims.yml', 'kind: DataContract', 'kind: [DataContract', 'contracts/claims.yml:'],
    ['a wrong value', 'contracts/claims.yml', 'logicalType: timestamp', 'logicalType: moment', 'contracts/claims.yml:'],
    [
      'a grain that is no column',
      'models/marts/models.yml',
      'grain: [company_ein, window_end]',
      'grain: [company, window_end]',
      'models/marts/models.yml',
    ],
    [
      'a ref to nothing',
      'models/marts/mart_cost_spikes.sql',
      "ref('int_company_enriched')",
      "ref('int_company')",
      'mart_cost_spikes.sql',
    ],
    ['a template error', 'models/marts/mart_cost_spikes.sql', '{{ ref(', '{{ reff(', 'mart_cost_spikes.sql'],
    [
      'a circle',
      'models/intermediate/int_company_domain.sql',
      "source('feeds', 'companies')",
      "ref('int_company_enriched')",
      'circle',
    ],
  ]
  test.each(cases)('%s', async (_, file, from, to, place) => {
    const project = join(temporaryFolder(), 'benefits')
    cpSync(benefits, project, { recursive: true })
    const text = readFileSync(join(project, file), 'utf8')
    expect(text.replace(from, to)).not.toBe(text)
    writeFileSync(join(project, file), text.replace(from, to))
    await expect(
      runFeeds({ input: folderOf({ 'claims.csv': claims }), workspace: temporaryFolder(), project }),
    ).rejects.toMatchObject({
      code: 'PROJECT_INVALID',
      message: expect.stringContaining(place),
    })
  })

  test('SQL that does more than read', async () => {
    const project = join(temporaryFolder(), 'benefits')
    cpSync(benefits, project, { recursive: true })
    writeFileSync(join(project, 'models/exports/cost_spikes.sql'), 'SELECT name AS company_name FROM sqlite_schema')
    await expect(
      runFeeds({ input: folderOf({ 'claims.csv': claims }), workspace: temporaryFolder(), project }),
    ).rejects.toMatchObject({
      code: 'SQL_REFUSED',
      message: expect.stringContaining('cost_spikes'),
    })
  })
})

describe('what goes wrong in a run leaves what was published as it was', () => {
  async function published() {
    const workspace = temporaryFolder()
    const exports = temporaryFolder()
    const run = await runFeeds({ input: folderOf({ 'claims_1.csv': claims }), workspace, exports })
    return { workspace, tables: readTables(exports), run }
  }

  /** The published tables, exported anew through a run that changes nothing. */
  async function tablesNow(workspace: string) {
    const exports = temporaryFolder()
    await runFeeds({ input: folderOf({ 'claims_1.csv': claims }), workspace, exports })
    return readTables(exports)
  }

  test('a missing column rejects the file and blocks the run; the other files are named too', async () => {
    const { workspace, tables } = await published()
    const run = await runFeeds({
      input: folderOf({
        'claims_2.csv': claims.replace('amount', 'sum'),
        'claims_3.csv': claims.replace('C1', 'C3'),
        'plans.csv': 'a,b\n1,2\n',
      }),
      workspace,
    })
    expect(run.status).toBe('blocked')
    expect(run.rejected_files.map(({ file }) => file)).toEqual(['claims_2.csv', 'plans.csv'])
    expect(run.rejected_files[0]?.reason).toMatch(/claims_2\.csv.*amount/)
    expect(run.error).toMatchObject({ code: 'FILE_REJECTED', saved: expect.stringContaining('untouched') })
    expect(await tablesNow(workspace)).toEqual(tables)
  })

  test('an unreadable file', async () => {
    const { workspace, tables } = await published()
    const input = folderOf({ 'claims_2.csv': claims.replace('C1', 'C2') })
    mkdirSync(join(input, 'claims_3.csv'))
    const run = await runFeeds({ input, workspace })
    expect(run).toMatchObject({ status: 'blocked', rejected_files: [{ file: 'claims_3.csv' }] })
    expect(await tablesNow(workspace)).toEqual(tables)
  })

  test('a model that fails', async () => {
    const { workspace, tables, run } = await published()
    const project = join(temporaryFolder(), 'benefits')
    cpSync(benefits, project, { recursive: true })
    const path = join(project, 'models/marts/mart_cost_spikes.sql')
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(
        'WHERE f.is_spike = 1',
        'WHERE abs(-9223372036854775807 - 1 + 0 * f.claim_count) > 0',
      ),
    )
    await expect(
      runFeeds({ input: folderOf({ 'claims_2.csv': claims.replace('C1', 'C2') }), workspace, project }),
    ).rejects.toMatchObject({
      code: 'MODEL_FAILED',
      place: { table: 'mart_cost_spikes' },
    })
    expect(runOf(workspace, run.run_id + 1)).toMatchObject({ status: 'failed', error: { code: 'MODEL_FAILED' } })
    expect(await tablesNow(workspace)).toEqual(tables)
  })

  test('a blocking check; its failing rows are kept, all of them', async () => {
    const { workspace, tables } = await published()
    const project = join(temporaryFolder(), 'benefits')
    cpSync(benefits, project, { recursive: true })
    const path = join(project, 'models/staging/models.yml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('amount >= 0', 'amount < 1000'))
    const rows = Array.from({ length: 1500 }, (_, index) => `D${index},11-1111111,2022-01-01,${index}.00,Dental`).join(
      '\n',
    )
    const run = await runFeeds({ input: folderOf({ 'claims_2.csv': `${claims}${rows}\n` }), workspace, project })
    const check = run.checks.find(({ name }) => name === 'stg_claims.amount_not_negative')
    expect(run.status).toBe('blocked')
    expect(check).toMatchObject({ status: 'fail', failures: 1490, blocking: true })
    expect(runOf(workspace, run.run_id).error).toMatchObject({
      message: '1 blocking check failed: stg_claims.amount_not_negative (1,490 rows).',
    })
    const { connection } = openWorkspace(workspace)
    expect(
      connection.prepare('SELECT count(*) FROM assay_check_failure WHERE run_id = ?').pluck().get(run.run_id),
    ).toBe(1490)
    connection.close()
    expect(await tablesNow(workspace)).toEqual(tables)
  })

  test('a join that multiplies rows is stopped, and the key is named', async () => {
    const { workspace, tables } = await published()
    const project = join(temporaryFolder(), 'benefits')
    cpSync(benefits, project, { recursive: true })
    const path = join(project, 'models/intermediate/int_company_enriched.sql')
    writeFileSync(path, `${readFileSync(path, 'utf8')} JOIN (SELECT 1 AS copy UNION ALL SELECT 2) ON 1 = 1`)
    await expect(
      runFeeds({ input: folderOf({ 'claims_2.csv': claims.replace('C1', 'C2') }), workspace, project }),
    ).rejects.toMatchObject({
      code: 'MODEL_FAILED',
      message: expect.stringMatching(/2 rows for the key company_ein = 11-1111111/),
    })
    expect(await tablesNow(workspace)).toEqual(tables)
  })
})
