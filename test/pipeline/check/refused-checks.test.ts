import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AppError } from '../../../src/main/kernel/app-error.ts'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import { benefits } from '../../helpers/feeds.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-refused-checks-'))
cpSync(benefits, folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true }))

const file = join(folder, 'models/staging/models.yml')
const original = readFileSync(file, 'utf8')

/** What is said of a project with a check of the column `claim_id`, or of the model `stg_claims`, and the line that it points at. */
function refusalOf(
  check: string,
  of: 'column' | 'model' | 'amount' | 'service_date',
): { message: string; isThere: boolean } {
  const at = original.indexOf('- name: stg_claims')
  const own = original.slice(at)
  const text =
    of === 'model'
      ? own.replace('    data_tests:\n', `    data_tests:\n      - ${check}\n`)
      : own.replace(
          new RegExp(`      - name: ${of === 'column' ? 'claim_id' : of}\n`),
          (name) => `${name}        DATA\n`,
        )
  const placed = text.replace('        DATA\n', `        data_tests: [${check}]\n`)
  const mended = placed.replace(/(data_tests: \[.*\]\n(?: {8}(?!data_tests).*\n)*) {8}data_tests: .*\n/, '$1')
  writeFileSync(file, original.slice(0, at) + mended)
  try {
    loadProject(folder)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'PROJECT_INVALID') throw error
    expect(error.place.file).toBe(file)
    const line = readFileSync(file, 'utf8').split('\n')[(error.place.line ?? 0) - 1] ?? ''
    return { message: error.message, isThere: line.includes(check.slice(0, 10)) }
  }
  return { message: 'it is accepted', isThere: false }
}

test.each([
  ['column', 'not_nul', /data_tests\.0: "not_nul": it is none of not_null, unique, something with arguments/],
  ['column', '{ uniqe: {} }', /uniqe is not known: it is none of not_null, unique/],
  ['column', '{ not_null: { config: { severity: err } } }', /severity: "err": it is none of warn, error/],
  [
    'column',
    `{ relationships: { to: ref("stg_x"), field: claim_id } }`,
    /relationships\.to: .*ref\('model'\), in single quotes/,
  ],
  ['column', `{ relationships: { to: ref('nothing'), field: x } }`, /refers to nothing, which is no model/],
  ['column', `{ relationships: { to: ref('stg_plans'), field: x } }`, /refers to stg_plans\.x, which does not exist/],
  ['service_date', '{ freshness: { warn_after: 9, error_after: 2 } }', /error_after comes before warn_after/],
  ['amount', '{ between: { min: 10, max: 1.5 } }', /nothing lies between min 10 and max 1\.5/],
  ['amount', '{ sum: { min: 2, max: 1 } }', /nothing lies between min 2 and max 1/],
  ['service_date', '{ between: { min: 2022-02-01, max: 2022-01-01 } }', /nothing lies between min 2022-02-01/],
  ['amount', '{ not_null_proportion: { at_least: 0.9, at_most: 0.1 } }', /no share lies between/],
  ['model', '{ row_count: { min: 10, max: 1 } }', /no number of rows lies between min and max/],
  [
    'model',
    '{ row_cont: { min: 10 } }',
    /row_cont is not known: it is none of expression_is_true, unique_combination, row_count/,
  ],
  ['model', `{ expression_is_true: { expression: "1 = (SELECT 1 FROM {{ ref('nothing') }})" } }`, /refers to nothing/],
] as const)('of %s: %s is refused, with what is allowed and where', (of, check, message) => {
  expect(refusalOf(check, of)).toEqual({ message: expect.stringMatching(message), isThere: true })
})
