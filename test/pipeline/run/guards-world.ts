import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { readGuards, type GuardVerdict } from '../../../src/main/pipeline/model/model-guards.ts'
import { folderOf, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'

const fixture = join(repository, 'test/fixtures/fan-out-project')

/** A copy of the project of orders and rates; without the model of one rate a company where only its other one counts. `sql`: of the other one. */
export function shippingProject(
  change: {
    readonly models?: readonly string[]
    readonly yaml?: (text: string) => string
    readonly sql?: string
  } = {},
): string {
  const project = join(temporaryFolder(), 'shipping')
  cpSync(fixture, project, { recursive: true })
  const path = join(project, 'models/models.yml')
  let text = readFileSync(path, 'utf8')
  if (change.models?.includes('company_rate') === false) {
    rmSync(join(project, 'models/company_rate.sql'))
    text = text.slice(0, text.indexOf('  - name: company_rate'))
  }
  writeFileSync(path, change.yaml?.(text) ?? text)
  if (change.sql !== undefined) writeFileSync(join(project, 'models/charges.sql'), change.sql)
  return project
}

/** Feeds with so many orders of each of ten companies, one rate each, and further rates of the first company. */
export function shippingFeeds(orders: number, furtherRates = 0): string {
  const companies = Array.from({ length: 10 }, (_, index) => `K${index}`)
  const orderLines = companies.flatMap((company) =>
    Array.from({ length: orders }, (_, index) => `${company}-${index},${company},${index + 1}`),
  )
  const rateLines = [
    ...companies.map((company) => `${company},${company},100`),
    ...Array.from({ length: furtherRates }, (_, index) => `extra-${index},K3,100`),
  ]
  return folderOf({
    'orders.csv': `order_id,company,pieces\n${orderLines.join('\n')}\n`,
    'rates.csv': `rate_id,company,cents\n${rateLines.join('\n')}\n`,
  })
}

/** A workspace with so many good runs, each with a few more orders of each company. */
export async function goodRuns(project: string, runs: number, orders = 20): Promise<string> {
  const workspace = temporaryFolder()
  for (let run = 0; run < runs; run += 1) await runFeeds({ input: shippingFeeds(orders + run), workspace, project })
  return workspace
}

/** What the guards said of a run. */
export function guardsOf(workspace: string, runId: number): readonly GuardVerdict[] {
  const { connection } = openWorkspace(workspace)
  try {
    return readGuards(connection, runId)
  } finally {
    connection.close()
  }
}
