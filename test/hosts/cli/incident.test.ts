import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { folderOf } from '../../helpers/feeds.ts'
import { strictProject } from '../../helpers/strict-project.ts'
import { assayHere } from './assay-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-incident-'))
afterAll(() => rmSync(folder, { recursive: true }))

const claims = (...lines: readonly string[]) =>
  folderOf({ 'claims.csv': ['claim_id,company_ein,service_date,amount,claim_type', ...lines, ''].join('\n') })

test('what broke, how to look closer and the ways out are told on the terminal', async () => {
  const project = strictProject()
  const at = ['--project', project, '--workspace', join(folder, 'work space')]
  const run = (input: string) => assayHere(['run', ...at, '--as-of', '2022-12-31', '--input', input])
  await run(claims('C1,11-1111111,2022-01-01,5.00,Medical'))
  expect((await assayHere(['incident', ...at])).stdout).toContain('The latest run went well.')
  await run(claims('C1,11-1111111,2022-01-01,5.00,Medical', 'C2,11-1111111,2022-01-02,5000.00,Medical'))

  const { stdout } = await assayHere(['incident', ...at])
  expect(stdout).toContain('Run 2 was blocked')
  expect(stdout).toContain('The check stg_claims.amount_is_small failed: 1 failing row.')
  const given = `--workspace '${join(folder, 'work space')}' --project ${project}`
  expect(stdout).toContain(` profile stg_claims --run 2 ${given}`)
  expect(stdout).toContain(` checks show stg_claims.amount_is_small --run 2 ${given}`)
  expect(stdout).toContain(` runs release 2 --reason TEXT ${given}`)
  const document = JSON.parse((await assayHere(['incident', ...at, '--json'])).stdout) as { candidate_run: number }
  expect(document.candidate_run).toBe(2)

  for (const ask of [
    ['profile', 'stg_claims', '--run', '9'],
    ['gates', 'show', '9'],
    ['checks', 'list', '--run', '9'],
  ])
    expect(await assayHere([...ask, ...at])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/There is no run 9 in the workspace.\n.*assay.* runs list --workspace /),
    })

  const profile = await assayHere(['profile', 'stg_claims', '--run', '2', '--keys', ...at])
  expect(profile.code).toBe(0)
  for (const part of ['Rows in and out', 'Joins', 'LEFT JOIN int_claim_type_fence AS f', 'Keys', 'Query plan'])
    expect(profile.stdout).toContain(part)
  expect((await assayHere(['profile', 'nothing', ...at])).code).toBe(2)

  await assayHere(['runs', 'release', '2', '--reason', 'a real bill', ...at])
  expect((await assayHere(['incident', ...at])).stdout).toMatch(/released run 2 +a real bill/)

  // After a rollback the way back is named, not the run that readers were taken back from.
  await run(claims('C2,11-1111111,2022-01-02,5.00,Medical'))
  const late = await assayHere(['runs', 'release', '3', '--reason', 'x', ...at])
  expect(late.stderr).toContain('Run 3 is no candidate')
  await assayHere(['rollback', '2', ...at])
  await run(claims('C4,11-1111111,2022-01-02,6000.00,Medical'))
  const after = (await assayHere(['incident', ...at])).stdout
  expect(after).toContain(' rollback 1 --reason TEXT')
  expect(after).toMatch(/^ +3 +2022-12-31/m)

  // The blocked run is set aside when another one starts, and brought back by its number.
  await run(claims('C5,11-1111111,2022-01-02,6000.00,Medical'))
  expect((await assayHere(['incident', ...at])).stdout).toMatch(/ runs inspect 4 .*\n.* runs release 4 --reason TEXT/)
  expect((await assayHere(['runs', 'list', ...at])).stdout).toMatch(
    /^ +5 +blocked, candidate .*\n +4 +blocked, set aside /m,
  )
  expect(await assayHere(['runs', 'inspect', '4', ...at])).toMatchObject({
    code: 0,
    stdout: 'Run 4 is the candidate. Readers and exports see what they saw before. Run 5 is set aside instead.\n',
  })
  expect((await assayHere(['runs', 'discard', '5', ...at])).code).toBe(0)
  expect((await assayHere(['runs', 'inspect', '5', ...at])).code).toBe(2)

  // Readers have to be where the run that is released was built on.
  await assayHere(['rollback', '1', ...at])
  const early = await assayHere(['runs', 'release', '4', '--reason', 'x', ...at])
  expect(early.stderr).toMatch(
    /Run 4 is no candidate: it was built on run 2, but readers see run 1\.\n.*\n.* rollback 2 --reason TEXT --work/,
  )
  await assayHere(['rollback', '2', ...at])
  expect((await assayHere(['runs', 'release', '4', '--reason', 'x', ...at])).code).toBe(0)
})

test('a guard that warns is told by the run, its document, the run shown later and the incident', async () => {
  const project = strictProject()
  const models = join(project, 'models/staging/models.yml')
  const text = readFileSync(models, 'utf8')
  const of = text.indexOf('grain: [', text.indexOf('name: stg_claims'))
  writeFileSync(models, `${text.slice(0, of)}guard: { max_seconds: 0.0005 }\n      ${text.slice(of)}`)
  const at = ['--project', project, '--workspace', join(folder, 'warned')]
  const run = (line: string, ...args: readonly string[]) =>
    assayHere(['run', ...at, '--as-of', '2022-12-31', '--input', claims(line), ...args])
  const said = /stg_claims took 0\.\d+ s; its \.yml allows 0\.0005 s\./
  const first = await run('C1,11-1111111,2022-01-01,5.00,Medical')
  expect(first.code).toBe(0)
  expect(first.stdout).toMatch(/\nGuards\n/)
  expect(first.stdout).toMatch(said)
  const guards = [{ model: 'stg_claims', guard: 'seconds', status: 'warn', high: 0.0005 }]
  const second = await run('C2,11-1111111,2022-01-01,5.00,Medical', '--json')
  expect(JSON.parse(second.stdout)).toMatchObject({ status: 'published', guards })
  expect(JSON.parse((await assayHere(['runs', 'show', '2', ...at, '--json'])).stdout)).toMatchObject({ guards })
  expect((await assayHere(['runs', 'show', '2', ...at])).stdout).toMatch(new RegExp(`warn ${said.source}`))
  const { stdout } = await assayHere(['incident', ...at])
  expect(stdout).toContain('The latest run was published, with warnings.')
  expect(stdout).toMatch(said)
})
