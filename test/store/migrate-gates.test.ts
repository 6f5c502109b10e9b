import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { listOverrides, readGates } from '../../src/main/features/gates/queries.ts'
import { openWorkspace } from '../../src/main/store/open-workspace.ts'
import { applicationId } from '../../src/main/store/vet-workspace-file.ts'
import { repository, temporaryFolder } from '../helpers/feeds.ts'

test('what gates said before they judged companies is about whole deliveries', () => {
  const folder = temporaryFolder()
  const migrations = join(repository, 'resources/migrations')
  const before = readdirSync(migrations).filter((name) => name < '0012')
  const old = new Database(join(folder, 'workspace.db'))
  old.pragma(`application_id = ${applicationId}`)
  for (const name of before.toSorted()) old.exec(readFileSync(join(migrations, name), 'utf8'))
  old.pragma(`user_version = ${before.length}`)
  old.exec(`
    INSERT INTO assay_gate VALUES (9, 'claims', 'volume', 'held', 90, 250, 350, '[1,2]', 'few rows', 'f');
    INSERT INTO assay_gate_override (run_id, source, gate, fingerprint, value, low, high, who, at, reason, is_expected)
    VALUES (9, 'claims', 'volume', 'f', 90, 250, 350, 'Ada', 1000, 'known', 0)`)
  old.close()
  const { connection } = openWorkspace(folder)
  try {
    expect(readGates(connection, 9)).toMatchObject([
      { gate: 'volume', company: null, status: 'held', value: 90, learned_from: [1, 2], is_open: false },
    ])
    expect(listOverrides(connection, 9)).toMatchObject([{ gate: 'volume', company: null, who: 'Ada' }])
  } finally {
    connection.close()
  }
})
