import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { assayHere } from './assay-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-usage-'))
const workspace = join(folder, 'workspace')

describe('help', () => {
  test.each(['--help', 'help'])('names every command, on stdout: %s', async (asked) => {
    const { code, stdout, stderr } = await assayHere([asked])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const command of ['run', 'runs', 'quarantine', 'export', 'serve', 'open', 'sample', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
  })

  test.each([
    ['run', '--help'],
    ['help', 'run'],
  ])('of a command names its options: %s %s', async (...args) => {
    const { code, stdout } = await assayHere(args)
    expect(code).toBe(0)
    for (const option of ['--project', '--input', '--workspace', '--as-of', '--export', '--json'])
      expect(stdout).toContain(`${option} `)
  })
})

describe('bad usage ends with 2, says why on stderr, and does nothing', () => {
  const run = ['run', '--input', folder, '--workspace', workspace]
  test.each([
    ['no command', [], 'Usage: assay'],
    ['an unknown command', ['frobnicate'], "unknown command 'frobnicate'"],
    ['a command of commands alone', ['quarantine'], 'Usage: assay quarantine'],
    ['an unknown option', [...run, '--fast'], "unknown option '--fast'"],
    ['a missing option', ['run', '--input', folder], "'--workspace <dir>' not specified"],
    ['an empty option', ['run', '--input', '', '--workspace', workspace], 'It is empty.'],
    ['a day that does not exist', [...run, '--as-of', '2022-02-30'], 'YYYY-MM-DD'],
    ['a day in another form', [...run, '--as-of', '30.12.2022'], 'YYYY-MM-DD'],
    ['one argument too many', [...run, 'more'], 'too many arguments'],
    ['a run that is no number', ['runs', 'show', 'latest'], 'A whole number'],
    ['a form that is unknown', ['export', '--out', folder, '--format', 'xml'], 'csv, parquet'],
    ['a port that is none', ['serve', '--workspace', workspace, '--port', '70000'], 'from 0 to 65535'],
    ['a sample of nothing', ['sample', '--claims', '0', '--seed', '1', '--out', folder], 'A whole number'],
  ])('%s', async (_situation, args, message) => {
    const { code, stdout, stderr } = await assayHere(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
    expect(readdirSync(folder)).toEqual([])
  })

  test('as one JSON document on stdout too when that was asked for', async () => {
    const { code, stdout, stderr } = await assayHere([...run, '--json', '--as-of', '2022-02-30'])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'USAGE',
        message: expect.stringContaining("'2022-02-30' is invalid"),
        place: {},
        saved: null,
        hint: expect.stringContaining('--help'),
      },
    })
    expect(stderr).toContain("'2022-02-30' is invalid")
  })
})
