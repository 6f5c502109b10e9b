import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bin } from './assay.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-terminal-'))
const input = join(folder, 'feeds')
afterAll(() => rmSync(folder, { recursive: true }))

/** A terminal without a screen; other systems have a `script` of other options. */
const terminal = '/usr/bin/script'
const hasTerminal = process.platform === 'linux' && existsSync(terminal)

/** What the terminal is sent. */
function onTerminal(args: readonly string[], env: Record<string, string> = {}): string {
  const command = [process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ')
  // What started the tests may have its own mind about colours.
  const {
    NO_COLOR: _noColor,
    FORCE_COLOR: _forceColor,
    NODE_DISABLE_COLORS: _disable,
    CI: _ci,
    ...inherited
  } = process.env
  return execFileSync(terminal, ['-qefc', `stty cols 120; ${command}`, '/dev/null'], {
    env: { ...inherited, TERM: 'xterm', COLORTERM: 'truecolor', ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

describe.skipIf(!hasTerminal)('on a terminal', () => {
  beforeAll(() => {
    const shown = onTerminal(['sample', '--claims', '150000', '--seed', '1', '--out', input])
    if (!/[█░] .*\d%/.test(shown)) throw new Error(`no progress of the sample: ${shown}`)
  })

  test('a run shows how it goes, takes that away again, and ends with its summary', () => {
    const shown = onTerminal(['run', '--input', input, '--workspace', join(folder, 'one'), '--as-of', '2022-12-31'])
    const summary = shown.slice(shown.lastIndexOf('\u001B[0J'))
    const progress = stripVTControlCharacters(shown.slice(0, shown.length - summary.length))
    expect(progress).toMatch(/ claims +█+░* +\d+% +[\d.]+ MB of [\d.]+ MB, [\d,]+ rows, [\d,]+ rows\/s/)
    expect(progress).toMatch(/ models +[█░]+ +\d+% +\w+/)
    expect(stripVTControlCharacters(summary)).toMatch(/^Run 1 published: .*Checks/s)
    expect(summary).toContain('\u001B[1m')
    // The cursor is back.
    expect(shown.lastIndexOf('\u001B[?25h')).toBeGreaterThan(shown.lastIndexOf('\u001B[?25l'))
  })

  test('the summary has no colours with NO_COLOR', () => {
    const shown = onTerminal(['runs', 'list', '--workspace', join(folder, 'one')], { NO_COLOR: '1' })
    expect(shown).toMatch(/published, current/)
    expect(shown).not.toContain('\u001B')
  })
})
