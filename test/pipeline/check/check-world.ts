import { folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'

const contract = `apiVersion: v3.1.0
kind: DataContract
id: urn:assay:test:things
name: things
version: 1.0.0
status: active
schema:
  - name: things
    customProperties:
      - { property: files, value: things* }
    properties:
      - { name: code, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1 }
      - { name: word, logicalType: string }
      - { name: number, logicalType: integer }
      - { name: amount, logicalType: number, customProperties: [{ property: format, value: money }] }
      - { name: day, logicalType: date }
`

export interface World {
  /** Checks of the columns word, number, amount and day, and of the model, as they are written in the .yml. */
  readonly word?: string
  readonly number?: string
  readonly amount?: string
  readonly day?: string
  readonly model?: string
  /** More models and unit tests, below them. */
  readonly more?: string
  readonly sql?: Readonly<Record<string, string>>
}

/** A project of one feed and one model over it, with these checks. */
export function projectWith({ word = '', number = '', amount = '', day = '', model = '', more = '', sql = {} }: World) {
  return folderOf({
    'project.yml': 'name: things\ntitle: Things\n',
    'contracts/things.yml': contract,
    'models/things.yml': `version: 2
models:
  - name: thing
    config: { layer: staging, materialized: view, grain: [code], partition_by: [code] }
    data_tests: [${model}]
    columns:
      - { name: code, data_type: text }
      - { name: word, data_type: text, data_tests: [${word}] }
      - { name: number, data_type: integer, data_tests: [${number}] }
      - { name: amount, data_type: money, data_tests: [${amount}] }
      - { name: day, data_type: date, data_tests: [${day}] }
${more}`,
    'models/thing.sql': "SELECT code, word, number, amount, day FROM {{ source('feeds', 'things') }}",
    ...Object.fromEntries(Object.entries(sql).map(([name, text]) => [`models/${name}.sql`, text])),
  })
}

/** Rows of the feed: code, word, number, amount, day. */
function feedOf(rows: readonly string[]): string {
  return folderOf({ 'things.csv': `code,word,number,amount,day\n${rows.join('\n')}\n` })
}

/** What the only check of a project says of rows, as of 2022-12-31; the codes of the failing rows too. */
export async function checked(world: World, rows: readonly string[]) {
  const workspace = temporaryFolder()
  const run = await runFeeds({ input: feedOf(rows), workspace, project: projectWith(world) })
  const { connection } = openWorkspace(workspace)
  try {
    const check = connection
      .prepare('SELECT name, status, failures, measured, expected FROM assay_run_check WHERE run_id = ?')
      .get(run.run_id) as { name: string; status: string; failures: number; measured: string; expected: string }
    const ids = connection
      .prepare("SELECT row ->> 'code' FROM assay_check_failure WHERE run_id = ? ORDER BY 1")
      .pluck()
      .all(run.run_id) as string[]
    return { ...check, run: run.status, ids }
  } finally {
    connection.close()
  }
}
