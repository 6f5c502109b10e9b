import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { QuarantineRow } from '../../../../src/main/features/quarantine/protocol.ts'
import { assayHere } from '../assay-here.ts'
import type { Ended } from '../assay.ts'

/** Rows as `list --json` prints them. */
export interface Page {
  readonly rows: readonly QuarantineRow[]
  readonly total: number
}

/** A workspace with a published run of a sample with every kind of defect, and the commands on it; gone after the tests of the file. */
export function openSession(claims = 600) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-quarantine-'))
  const workspace = join(folder, 'workspace')
  const input = join(folder, 'feeds')
  beforeAll(async () => {
    await assayHere(['sample', '--claims', String(claims), '--seed', '3', '--out', input])
    await assayHere(['run', '--input', input, '--workspace', workspace, '--as-of', '2022-12-31'])
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const quarantine = (...args: string[]): Promise<Ended> => assayHere(['quarantine', ...args, '--workspace', workspace])

  /** The document of a command that does what it is told. */
  async function json<Document>(...args: string[]): Promise<Document> {
    const { code, stdout, stderr } = await quarantine(...args, '--json')
    if (code !== 0 || stderr !== '') throw new Error(`assay quarantine ${args.join(' ')} ended with ${code}: ${stderr}`)
    return JSON.parse(stdout) as Document
  }

  return {
    folder,
    workspace,
    input,
    quarantine,
    json,
    async rows(...args: string[]): Promise<readonly QuarantineRow[]> {
      return (await json<Page>('list', '--limit', '5000', ...args)).rows
    },
    /** A published table as the file that readers get. */
    async published(name: string): Promise<string> {
      await assayHere(['export', name, '--out', join(folder, 'out'), '--workspace', workspace])
      return readFileSync(join(folder, 'out', `${name}.csv`), 'utf8')
    },
  }
}
