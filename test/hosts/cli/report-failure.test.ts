import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '../../../src/main/kernel/app-error.ts'
import { reportFailure } from '../../../src/main/hosts/cli/report-failure.ts'
import { temporaryFolder } from '../../helpers/feeds.ts'

test('the facts of an unexpected error go to the log of the workspace, and the report names it', () => {
  const workspace = temporaryFolder()
  const report = reportFailure(new TypeError('x is not a function'), workspace)
  expect(report.code).toBe('INTERNAL')
  expect(report.message).not.toContain('not a function')
  const log = join(workspace, 'logs', 'assay.log')
  expect(report.hint).toContain(log)
  expect(readFileSync(log, 'utf8')).toMatch(/TypeError: x is not a function.* at /)
})

test.each([null, '/no/such/workspace'])('or to a temporary one where the workspace is %s', (workspace) => {
  const report = reportFailure(new Error('broken'), workspace)
  const log = /with (\S+assay\.log)/.exec(report.hint ?? '')?.[1] ?? ''
  expect(readFileSync(log, 'utf8')).toContain('broken')
})

test('an expected error is told as it is', () => {
  const error = new AppError('DISK_FULL', 'There is no room.', {
    place: { file: '/x' },
    saved: 'Nothing.',
    hint: 'Make some.',
  })
  expect(reportFailure(error, null)).toEqual({
    code: 'DISK_FULL',
    message: 'There is no room.',
    place: { file: '/x' },
    saved: 'Nothing.',
    hint: 'Make some.',
  })
})
