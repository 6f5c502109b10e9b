import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { assay } from './assay.ts'

const root = resolve(import.meta.dirname, '../../..')

test.each([
  ['help', 'Usage: assay [options] [command]'],
  ['help run', 'Usage: assay run [options]'],
  ['help quarantine', 'Usage: assay quarantine [options] [command]'],
  ['help quarantine fix', 'Usage: assay quarantine fix [options]'],
  ['quarantine help fix', 'Usage: assay quarantine fix [options]'],
])('assay %s prints the help of exactly that command', async (line, usage) => {
  const { code, stdout, stderr } = await assay(line.split(' '))
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout.split('\n')[0]).toBe(usage)
})

test.each([
  ['help nosuch', 'nosuch'],
  ['help quarantine nosuch', 'nosuch'],
  ['help run fix', 'fix'],
])('assay %s is refused as an unknown command', async (line, name) => {
  const { code, stdout, stderr } = await assay(line.split(' '))
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(`assay: unknown command '${name}'`)
})

test('help can be asked through npm as the README does', async () => {
  const { stdout, stderr } = await promisify(execFile)('npm', ['run', '-s', 'assay', '--', 'help'], { cwd: root })
  expect(stderr).toBe('')
  expect(stdout).toContain('Usage: assay [options] [command]')
})

const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string }
const schema = Math.max(...readdirSync(resolve(root, 'resources/migrations')).map((name) => Number.parseInt(name, 10)))

test.each(['--version', 'version'])('assay %s names Assay, SQLite and the schema of workspaces', async (asked) => {
  const { code, stdout, stderr } = await assay([asked])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const [, sqlite] = /SQLite (3\.\d+\.\d+)/.exec(stdout) ?? []
  expect(stdout).toBe(`assay ${version} (SQLite ${sqlite}, schema ${schema})\n`)
})

test('assay --version --json prints one document', async () => {
  const { code, stdout } = await assay(['--version', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ assay: version, sqlite: expect.stringMatching(/^3\./), schema })
})

test('nothing may follow --version', async () => {
  const { code, stderr } = await assay(['--version', 'run'])
  expect(code).toBe(2)
  expect(stderr).toContain('too many arguments')
})
