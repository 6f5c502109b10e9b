import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'vitest'
import { readGates } from '../../../src/main/features/gates/queries.ts'
import type { Gate } from '../../../src/main/features/gates/protocol.ts'
import { runPipeline } from '../../../src/main/pipeline/run/run-pipeline.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { runOf, temporaryFolder } from '../../helpers/feeds.ts'

export const jobThread = new URL('../../../src/main/hosts/engine/job-thread.ts', import.meta.url)

/** Writes a project of one source, people, delivered whole every day; `settings` are lines for its contract's schema. */
export function writeProject(folder: string, settings: readonly string[] = []): string {
  const files = {
    'project.yml': "name: people\ntitle: People\nnull_words: ['?']\n",
    'contracts/people.yml': `apiVersion: v3.1.0
kind: DataContract
id: urn:assay:test:people
name: people
version: 1.0.0
status: active
schema:
  - name: people
    customProperties:
      - { property: files, value: people* }
      - { property: recency, value: [seen_on] }
${settings.map((line) => `      - ${line}\n`).join('')}    properties:
      - name: person_id
        logicalType: string
        required: true
        primaryKey: true
        primaryKeyPosition: 1
        customProperties:
          - { property: requiredInFile, value: true }
      - { name: full_name, logicalType: string }
      - { name: city, logicalType: string }
      - { name: seen_on, logicalType: timestamp }
`,
    'models/head_count.sql': "SELECT city, count(*) AS people FROM {{ source('feeds', 'people') }} GROUP BY city",
    'models/models.yml': `version: 2
models:
  - name: head_count
    config: { layer: mart, materialized: table, grain: [city] }
    columns:
      - { name: city, data_type: text }
      - { name: people, data_type: integer }
`,
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(resolve(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** The first day of the tests; the feeds come day by day. */
export const dayOf = (day: number) => new Date(Date.UTC(2022, 0, 3 + day)).toISOString().slice(0, 10)

export interface Feed {
  readonly day: number
  readonly from?: number
  readonly count?: number
  readonly idPrefix?: string
  readonly header?: string
  readonly seenOn?: string
  readonly city?: (person: number) => string
}

/** People as one CSV text: a few come and go from day to day. */
export function people({ day, from = day, count = 600, idPrefix = 'P', header, seenOn, city }: Feed): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const person = from + index
    const where = city?.(person) ?? `City ${person % 40}`
    return `${idPrefix}${person},Name ${person},${where},${seenOn ?? dayOf(day)}`
  })
  return `${header ?? 'person_id,full_name,city,seen_on'}\n${rows.join('\n')}\n`
}

/** Delivers one file on a day, written on that or on another one, and gives how the run ended and what the gates said. */
export async function deliver(
  at: { readonly project: string; readonly workspace: string },
  day: number,
  text: string,
  allowHeld: { readonly reason: string; readonly isExpected: boolean } | null = null,
  writtenOn = dayOf(day),
) {
  const input = mkdtempSync(join(tmpdir(), 'assay-test-'))
  const file = join(input, `people_${day}.csv`)
  writeFileSync(file, text)
  utimesSync(file, new Date(writtenOn), new Date(writtenOn))
  const { run_id: runId } = await runPipeline(
    {
      kind: 'feeds',
      projectFolder: at.project,
      inputFolder: input,
      workspaceFolder: at.workspace,
      asOf: dayOf(day),
      exportFolder: null,
      startedBy: 'test',
      records: null,
      allowHeld,
    },
    { started() {}, progress() {}, log() {} },
    jobThread,
  )
  rmSync(input, { recursive: true })
  const gates = gatesOf(at.workspace, runId)
  const run = runOf(at.workspace, runId)
  const statuses = Object.fromEntries(gates.map(({ gate, status }) => [gate, status]))
  return { run, runId, gates, statuses, message: run.error?.message ?? '' }
}

/** What the gates said in a run. */
export function gatesOf(workspace: string, runId: number): readonly Gate[] {
  const { connection } = openWorkspace(workspace)
  try {
    return readGates(connection, runId)
  } finally {
    connection.close()
  }
}

/** A workspace of its own that begins as another one is. */
export function copyOf(workspace: string): string {
  const copy = join(temporaryFolder(), 'workspace')
  cpSync(workspace, copy, { recursive: true })
  return copy
}

/** Delivers the usual people on so many days; all are published. */
export async function deliverDays(at: { readonly project: string; readonly workspace: string }, days: number) {
  for (let day = 0; day < days; day += 1) expect((await deliver(at, day, people({ day }))).run.status).toBe('published')
}

/** A setting that warns of rows or a file of a week ago, and holds those of a month ago. */
export const freshness = (more = '') => `{ property: freshness, value: { warn_after: 7, error_after: 30${more} } }`

/** One delivery under a contract with a setting more. */
export async function afterOneDay(setting: string) {
  const at = { project: writeProject(temporaryFolder(), [setting]), workspace: temporaryFolder() }
  await deliverDays(at, 1)
  return at
}
