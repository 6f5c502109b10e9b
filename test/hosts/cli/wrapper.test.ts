import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { assay, bin, olderNode } from './assay.ts'

describe.skipIf(olderNode === undefined)('on a Node that is too old', () => {
  const node = olderNode ?? ''

  test('the packaged one takes over, with its output and its exit code', async () => {
    const help = await assay(['--help'], { node })
    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Usage: assay') })
    const mistake = await assay(['frobnicate'], { node })
    expect(mistake).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining("unknown command 'frobnicate'"),
    })
  })

  test('and where none is packaged, says what is missing and how to get it', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'assay-wrapper-'))
    const copy = join(elsewhere, 'bin', 'assay.mjs')
    cpSync(bin, copy)
    expect(() => execFileSync(node, [copy, 'runs', 'list'], { stdio: 'pipe' })).toThrow(
      expect.objectContaining({ status: 3, message: expect.stringMatching(/needs Node 24 or newer.*npm ci/s) }),
    )
  })
})
