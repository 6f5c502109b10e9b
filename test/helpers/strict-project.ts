import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { benefits, temporaryFolder } from './feeds.ts'

/** The built-in project with one more check: a claim of more than 1,000 blocks the run. */
export function strictProject(): string {
  const project = join(temporaryFolder(), 'benefits')
  cpSync(benefits, project, { recursive: true })
  const path = join(project, 'models/staging/models.yml')
  const text = readFileSync(path, 'utf8')
  const strict = text.replace(
    /(- name: stg_claims\n[\s\S]*?\n {4}data_tests:\n)/,
    '$1      - expression_is_true: { name: amount_is_small, expression: amount <= 100000 }\n',
  )
  if (strict === text) throw new Error('stg_claims has no checks to add one to')
  writeFileSync(path, strict)
  return project
}
