import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ErrorReport } from '../../../src/main/kernel/app-error.ts'
import type { runDocument } from '../../../src/main/hosts/cli/output/run-document.ts'
import { lockWorkspace } from '../../../src/main/store/workspace-lock.ts'
import { assayHere } from './assay-here.ts'

type Document = ReturnType<typeof runDocument> & { error?: ErrorReport }

const folder = mkdtempSync(join(tmpdir(), 'assay-run-'))
const input = join(folder, 'feeds')
beforeAll(() => assayHere(['sample', '--claims', '400', '--seed', '5', '--out', input]))
afterAll(() => rmSync(folder, { recursive: true }))

let workspaces = 0
const newWorkspace = () => join(folder, `workspace-${++workspaces}`)

async function run(workspace: string, ...args: string[]) {
  const { code, stdout, stderr } = await assayHere(['run', '--workspace', workspace, '--as-of', '2022-12-31', ...args])
  return { code, stdout, stderr }
}

describe('a run that is published', () => {
  test('is one JSON document of the agreed shape, and nothing else', async () => {
    const out = join(folder, 'out')
    const { code, stdout, stderr } = await run(newWorkspace(), '--input', input, '--export', out, '--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const document = JSON.parse(stdout) as Document
    expect(Object.keys(document)).toEqual([
      ...['run_id', 'status', 'as_of', 'sources', 'models', 'checks', 'rejected_files', 'exports', 'seconds'],
    ])
    expect(document).toMatchObject({ run_id: 1, status: 'published', as_of: '2022-12-31', rejected_files: [] })
    for (const book of Object.values(document.sources))
      expect(book.rows_read + book.released).toBe(
        book.inserted + book.updated + book.unchanged + book.superseded + book.quarantined,
      )
    expect(document.sources['claims']).toMatchObject({
      rows_read: 400,
      high_water_mark: expect.stringMatching(/^2022-.*Z$/),
    })
    expect(Object.keys(document.models[0] ?? {})).toEqual(['name', 'rows', 'previous_rows', 'seconds'])
    expect(Object.keys(document.checks[0] ?? {})).toEqual([
      'name',
      'model',
      'severity',
      'status',
      'failures',
      'blocking',
    ])
    expect(document.exports.toSorted()).toEqual(
      readdirSync(out)
        .map((name) => join(out, name))
        .toSorted(),
    )
  })

  test('is a summary for a person, plain where there is no terminal', async () => {
    const workspace = newWorkspace()
    const { code, stdout, stderr } = await run(workspace, '--input', input)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Run 1 published: as of 2022-12-31/)
    expect(stdout).toMatch(/^ +claims +400 .* balance /m)
    expect(stdout).toMatch(/^ +cost_spikes +\d+/m)
    expect(stdout).toMatch(/\d+ passed, 0 warned, 0 failed/)
    expect(stdout).toContain(`serve --workspace ${workspace}`)
    expect(stdout).not.toContain('\u001B')
  })
})

test('a run with a rejected file is blocked: the document says so, the error goes to stderr, and the code is 1', async () => {
  const workspace = newWorkspace()
  await run(workspace, '--input', input)
  const broken = join(folder, 'broken')
  mkdirSync(broken)
  writeFileSync(join(broken, 'claims_2022-12-31.csv'), 'claim_id,company_ein\nC1,12-3456789\n')
  const { code, stdout, stderr } = await run(workspace, '--input', broken, '--json')
  const document = JSON.parse(stdout) as Document
  expect(code).toBe(1)
  expect(document).toMatchObject({
    run_id: 2,
    status: 'blocked',
    rejected_files: [{ file: 'claims_2022-12-31.csv', reason: expect.stringContaining('service_date') }],
    error: { code: 'FILE_REJECTED' },
  })
  expect(stderr).toContain(document.error?.saved)
  const text = await run(workspace, '--input', broken)
  expect(text).toMatchObject({ code: 1, stdout: expect.stringMatching(/^Run 3 blocked/) })
  expect(text.stdout).toMatch(/Rejected files\n.*\n +claims_2022-12-31\.csv /)
})

describe('what prevents a run is one error document, readable on stderr too', () => {
  test.each([
    ['no input folder', 'INPUT_INVALID', 2, ['--input', join(folder, 'nothing')]],
    ['no project', 'PROJECT_INVALID', 2, ['--input', input, '--project', join(folder, 'nothing')]],
  ])('%s', async (_situation, errorCode, exitCode, args) => {
    const workspace = newWorkspace()
    const { code, stdout, stderr } = await run(workspace, ...args, '--json')
    const { error } = JSON.parse(stdout) as { error: ErrorReport }
    expect({ code, error: error.code }).toEqual({ code: exitCode, error: errorCode })
    expect(Object.keys(error)).toEqual(['code', 'message', 'place', 'saved', 'hint'])
    for (const part of [error.message, error.saved, error.hint]) expect(stderr).toContain(part)
    expect(existsSync(workspace)).toBe(false)
  })

  test('a workspace that is being written', async () => {
    const workspace = newWorkspace()
    mkdirSync(workspace)
    const lock = lockWorkspace(workspace, 'testing')
    try {
      const { code, stdout, stderr } = await run(workspace, '--input', input, '--json')
      expect(code).toBe(3)
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'WORKSPACE_LOCKED' } })
      expect(stderr).toContain(`process ${process.pid}`)
    } finally {
      lock.release()
    }
  })

  test('a workspace that is not one', async () => {
    const workspace = newWorkspace()
    mkdirSync(workspace)
    writeFileSync(join(workspace, 'workspace.db'), '')
    expect(await run(workspace, '--input', input)).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringMatching(/^ {2}next: /m),
    })
  })
})
