import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allowHeld } from '../../../src/main/features/gates/allow-held.ts'
import { readGates } from '../../../src/main/features/gates/queries.ts'
import { proveWorkspace } from '../../../src/main/pipeline/run/diagnose/prove-workspace.ts'
import type { RunRequest } from '../../../src/main/pipeline/run/run-request.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { runSilently } from '../../helpers/broken-off.ts'
import { exportPublished, repository, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { dayOf, jobThread } from './people.ts'

/** The same tables, without gates of shops and without a check of the whole run. */
export const plainProject = join(repository, 'test/fixtures/held-project')

export const shops = ['s0', 's1', 's2', 's3', 's4', 's5'] as const
export type Shop = (typeof shops)[number]

/**
 * A project whose checks and gates hold shops, and whose tables by shop, of all shops and of what is made of these are all there; one check,
 * of the items, blocks the whole run.
 */
export function writeShops(folder: string): string {
  cpSync(plainProject, folder, { recursive: true })
  const path = join(folder, 'contracts/sales.yml')
  const recency = '      - { property: recency, value: [updated] }\n'
  writeFileSync(path, readFileSync(path, 'utf8').replace(recency, `${recency}      - { property: per, value: shop }\n`))
  const models = join(folder, 'models/models.yml')
  const item = '      - { name: item, data_type: text }\n'
  const known =
    '      - { name: item, data_type: text, data_tests: [{ accepted_values: { values: [pen, ink, pad] } }] }\n'
  writeFileSync(models, readFileSync(models, 'utf8').replace(item, known))
  return folder
}

/** What a shop sells on a day: about forty rows, new ones every day. */
export function salesOf(shop: Shop, day: number): readonly string[] {
  const number = shops.indexOf(shop)
  const item = (index: number) => ['pen', 'ink', 'pad'][(index + number) % 3]
  return Array.from(
    { length: 38 + ((day * 7 + number * 3) % 5) },
    (_, index) => `${shop}-${day}-${index},${shop},${item(index)},${1 + ((index * day) % 9)},${dayOf(day)}`,
  )
}

/** The sales of a day as one CSV text; `broken` says what a shop delivered instead. */
export function salesOn(day: number, broken: Partial<Record<Shop, readonly string[]>> = {}): string {
  const rows = shops.flatMap((shop) => broken[shop] ?? salesOf(shop, day))
  return `sale_id,shop,item,pieces,updated\n${rows.map((row) => `${row}\n`).join('')}`
}

export const halfOf = (rows: readonly string[]) => rows.slice(0, Math.floor(rows.length / 2))

export interface ShopsAt {
  readonly project: string
  readonly workspace: string
}

/** A request to take in sales, by file name; without any, one to build again what is there. */
export function salesRequest(
  { project, workspace }: ShopsAt,
  day: number,
  files: Readonly<Record<string, string>> | null,
  more: Partial<RunRequest> = {},
): RunRequest {
  return {
    kind: files === null ? 'replay' : 'feeds',
    projectFolder: project,
    inputFolder: files === null ? '' : layOut(workspace, files),
    workspaceFolder: workspace,
    asOf: dayOf(day),
    exportFolder: null,
    startedBy: 'test',
    records: files === null ? [] : null,
    ...more,
  }
}

/** A new folder of these files; it goes with the workspace. */
function layOut(workspace: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(join(workspace, 'inputs'), { recursive: true })
  const folder = mkdtempSync(join(workspace, 'inputs', 'day-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** Delivers the sales of a day. */
export const sell = (at: ShopsAt, day: number, text = salesOn(day), more: Partial<RunRequest> = {}) =>
  take(at, salesRequest(at, day, { [`sales_${day}.csv`]: text }, more))

/** Delivers the sales of the first days. */
export async function sellDays(at: ShopsAt, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    const { run } = await sell(at, day)
    if (run.status !== 'published') throw new Error(`day ${day} is ${run.status}: ${run.error?.message}`)
  }
}

/** Does a run; gives how it ended, what its gates said of shops and which are held. */
export async function take({ workspace }: ShopsAt, request: RunRequest) {
  const { run_id: runId } = await runSilently(request)
  const { connection } = openWorkspace(workspace)
  try {
    const gates = readGates(connection, runId)
    const run = runOf(workspace, runId)
    return {
      runId,
      run,
      gates,
      companies: gates.find(({ gate }) => gate === 'companies'),
      told: Object.fromEntries(gates.flatMap(({ company, status }) => (company === null ? [] : [[company, status]]))),
      held: run.held.map(({ value }) => value),
    }
  } finally {
    connection.close()
  }
}

/** Lets through what a run held. */
export async function letThrough(
  { workspace }: ShopsAt,
  runId: number,
  isExpected = false,
  companies?: readonly Shop[],
) {
  const { connection } = openWorkspace(workspace)
  try {
    await allowHeld(connection, runId, { who: 'Ada', at: 0, reason: 'it is so', isExpected }, companies ?? null)
  } finally {
    connection.close()
  }
}

/** What readers see, as CSV text by model. */
export function seenIn({ project, workspace }: ShopsAt): Record<string, string> {
  return exportPublished(workspace, project)
}

/** What readers see where all texts are taken in at once. */
export async function fromScratch(
  { project }: Pick<ShopsAt, 'project'>,
  texts: readonly string[],
): Promise<Record<string, string>> {
  const at = { project, workspace: temporaryFolder() }
  const files = Object.fromEntries(texts.map((text, index) => [`sales_${String(index).padStart(3, '0')}.csv`, text]))
  await runSilently(salesRequest(at, texts.length, files))
  return seenIn(at)
}

/** Whether a proof makes the same of what was delivered. */
export async function isProven({ project, workspace }: ShopsAt): Promise<boolean> {
  const request = { projectFolder: project, workspaceFolder: workspace, jobThread, progress() {} }
  return (await proveWorkspace(request)).is_equal
}
