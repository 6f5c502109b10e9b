import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { gatherReport } from '../../../src/main/pipeline/run/report/gather-report.ts'
import { renderReport } from '../../../src/main/pipeline/run/report/render/render-report.ts'
import { benefits, repository, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'

const messy = join(repository, 'test/fixtures/messy/input')

/** Reports of a workspace, with personal data or without. */
function openReports(workspace: string) {
  const workbench = openWorkbench({ projectFolder: benefits, workspaceFolder: workspace, create: false })
  const gather = (runId: number, showPersonal = false) => gatherReport(workbench, { runId, showPersonal })
  return { gather, html: (runId: number, showPersonal = false) => renderReport(gather(runId, showPersonal)), workbench }
}

/** The messy feeds with the claims of a bad day: far too large, and in a type that there is none of. */
function worseFeeds(): string {
  const folder = temporaryFolder()
  cpSync(messy, folder, { recursive: true })
  const claims = Array.from({ length: 120 }, (_, row) => {
    const type = row % 10 === 0 ? `<script>alert(${row % 3})</script>` : 'Medical'
    return `N${row},33-3333333,P${row},2022-12-${10 + (row % 20)},${9000 + row}.00,${type},paid,`
  })
  const header = 'claim_id,company_ein,person_id,service_date,amount,claim_type,status,last_updated'
  writeFileSync(join(folder, 'claims_<b>d.csv'), `${[header, ...claims].join('\n')}\n`)
  return folder
}

/** Names and addresses of the messy feeds, as far as they are so long that nothing else could be meant. */
function personalValues(): readonly string[] {
  const text = ['employees_1.csv', 'employees_2.ndjson']
    .map((file) => readFileSync(join(messy, file), 'utf8'))
    .join('\n')
  return [...new Set(text.match(/user\d+@[\w.-]+|José Núñez|Zoë Ünal|Neil, Pat|Ana Li/gu))]
}

test('a run on top of another: books, decisions and differences, the same bytes each time, people masked', async () => {
  const workspace = temporaryFolder()
  await runFeeds({ input: messy, workspace })
  const before = openReports(workspace)
  const first = before.html(1)
  before.workbench.close()

  const quarantine = openQuarantine(workspace)
  const rows = await quarantine.rows()
  const person = rows.find(
    ({ source, reasons }) => source === 'employees' && reasons.some((one) => one.field === 'email'),
  )
  const claim = rows.find(({ source, reasons }) => source === 'claims' && reasons.some((one) => one.field === 'amount'))
  expect(person, 'a row with a bad address').toBeDefined()
  expect(claim, 'a claim with a bad amount').toBeDefined()
  const edit = { kind: 'set', field: 'email', value: 'mended.person@mail.example' } as const
  const reason = `Told by mended.person@mail.example, was ${person?.reasons[0]?.raw_value ?? ''}`
  await quarantine.correct({ target: { ids: [person?.id ?? 0] }, edit, reason })
  const amount = { kind: 'set', field: 'amount', value: '12.50' } as const
  await quarantine.correct({ target: { ids: [claim?.id ?? 0] }, edit: amount, reason: 'By telephone' })
  quarantine.close()
  const run = await runFeeds({ input: worseFeeds(), workspace })
  expect(run.status).toBe('published')

  const { gather, html, workbench } = openReports(workspace)
  const data = gather(2)
  expect(data.run).toMatchObject({ runId: 2, status: 'published', startedBy: 'test', asOf: '2022-12-31' })
  for (const { source, read, released, withdrawn, ...book } of data.books) {
    const { inserted, updated, unchanged, superseded, heldBack } = book
    expect(read + released + withdrawn, source).toBe(inserted + updated + unchanged + superseded + heldBack)
    expect(runOf(workspace, 2).sources[source]).toMatchObject({ rows_read: read, quarantined: heldBack })
  }
  expect(data.summary).toMatchObject({ read: run.rows_read, heldBack: run.rows_quarantined, checksFailed: 0 })
  expect(data.models.map(({ model, rows: count }) => [model, count])).toEqual(
    run.models.map(({ name, rows: count }) => [name, count]),
  )

  expect(data.comparison.before).toBe(1)
  expect(data.comparison.differences.items.length).toBeGreaterThan(0)
  expect(data.comparison.differences.items.length).toBeLessThanOrEqual(15)
  const claimTypes = data.offenders?.rules.items.find(({ rule }) => rule === 'accepted_values')
  expect(claimTypes?.fresh).toBe(12)
  expect(claimTypes?.values.some(({ value }) => value.startsWith('<script>'))).toBe(true)

  expect(data.decisions.since).toBe(1)
  expect(data.decisions.operations.items).toMatchObject([
    {
      what: 'Corrected email',
      reason: expect.stringMatching(/^Told by •••/u),
      rows: 1,
      changes: [{ after: 'm••• (masked)' }],
    },
    { what: 'Set amount to "12.50"', reason: 'By telephone', changes: [{ place: 'claims.amount', after: '12.50' }] },
  ])

  const second = html(2)
  expect(second).toBe(html(2))
  // What comes later does not change what is said of a run.
  expect(html(1)).toBe(first)
  expect(first).toContain('It is the first run that was published')
  const people = [...personalValues(), 'mended.person', person?.reasons[0]?.raw_value ?? 'none']
  expect(people.length).toBeGreaterThan(50)
  for (const report of [first, second]) for (const value of people) expect(report, value).not.toContain(value)
  expect(second).not.toMatch(/<script|<b>/u)
  expect(second).toContain('claims_&lt;b&gt;d.csv')
  expect(second).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')

  const open = html(2, true)
  expect(open).toContain('mended.person@mail.example')
  expect(open).toContain('Personal data is shown')
  workbench.close()
})

test('runs that there are not, that go on or were taken back', async () => {
  const workspace = temporaryFolder()
  await runFeeds({ input: messy, workspace })
  const { gather, workbench } = openReports(workspace)
  expect(() => gather(7)).toThrow('There is no run 7')
  workbench.connection.exec('UPDATE assay_run SET is_undone = 1')
  const { verdict, comparison, offenders } = gather(1)
  expect({ word: verdict.word, before: comparison.before, offenders }).toEqual({
    word: 'Taken back',
    before: null,
    offenders: null,
  })
  workbench.close()
})
