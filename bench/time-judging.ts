import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judgeCompanies } from '../src/main/pipeline/gate/companies-gate.ts'
import { packCounts, type CompanyCounts } from '../src/main/pipeline/gate/company-counts.ts'
import { readCompanyHistory } from '../src/main/pipeline/gate/company-history.ts'
import { mostHistory } from '../src/main/pipeline/gate/volume-band.ts'
import { createWorkspaceIfMissing, makeWorkspaceFolder, openWorkspace } from '../src/main/store/open-workspace.ts'
import { inTransaction, type Connection } from '../src/main/store/database.ts'
import { emptyDelivery } from './company-days.ts'

const sources = ['claims', 'employees', 'plans']

/** Processor time to judge the companies of three sources, each with as many deliveries as gates learn from: the history is read too. */
export function timeJudging(companies: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-gates-'))
  makeWorkspaceFolder(folder)
  createWorkspaceIfMissing(folder)
  const { connection } = openWorkspace(folder)
  try {
    const counts = (run: number): CompanyCounts =>
      new Map(
        Array.from({ length: companies }, (_, index) => [
          `company ${index}`,
          { sound: 30 + (index % 200) + ((run * 7 + index) % 11), heldBack: 0 },
        ]),
      )
    fill(connection, counts)
    const now = counts(0)
    const judgeAll = () => {
      const before = process.cpuUsage()
      for (const source of sources) {
        const history = readCompanyHistory(connection, source, "r.status = 'published'")
        judgeCompanies({ ...emptyDelivery, source, companies: now }, history, mostHistory, new Set())
      }
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    }
    const first = judgeAll()
    const times = Array.from({ length: 21 }, judgeAll).toSorted((one, other) => one - other)
    const { bytes } = connection.prepare('SELECT sum(length(companies)) AS bytes FROM assay_delivery').get() as {
      bytes: number
    }
    return `${companies} companies, ${mostHistory} deliveries, ${sources.length} sources: judged in ${first.toFixed(0)} ms of processor time the first time, ${(times[10] ?? 0).toFixed(0)} ms in the middle of 21 (${(times[0] ?? 0).toFixed(0)} at best); their history takes ${(bytes / 1e6).toFixed(1)} MB`
  } finally {
    connection.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function fill(connection: Connection, counts: (run: number) => CompanyCounts): void {
  const run = connection.prepare(
    "INSERT INTO assay_run (run_id, status, as_of, input, started_by, started_at) VALUES (?, 'published', ?, '', '', 0)",
  )
  const delivery = connection.prepare(
    "INSERT INTO assay_delivery (run_id, source, fingerprint, day, rows, teaches, companies) VALUES (?, ?, '', ?, 0, 1, ?)",
  )
  inTransaction(connection, () => {
    for (let day = 0; day < mostHistory; day += 1) {
      run.run(day + 1, day)
      for (const source of sources) delivery.run(day + 1, source, day, packCounts(connection, counts(day)))
    }
  })
}
