import fc from 'fast-check'
import { expect, test } from 'vitest'
import { folderOf, readTables, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { sequences } from '../../helpers/sequences.ts'

// Many companies, so that a delivery of a few rows touches a small part of them and is built as one.
const companies = Array.from({ length: 40 }, (_, index) => `${10 + index}-0000000`)
const ein = fc.constantFrom(...companies.slice(0, 12), '77-0000001', '77-0000002')
const day = fc.constantFrom('2022-01-01', '2022-02-15', '2022-05-01', '2022-06-30', '2022-12-30')
// The ends of windows on the first of them, and the days after the ends.
const claimDays = ['2022-01-01', '2022-03-31', '2022-04-01', '2022-06-29', '2022-06-30', '2022-09-26', '2022-12-30']
const claimDay = fc.constantFrom(...claimDays, '2022-01-10', '2022-05-01', '2022-07-10')
const stamp = fc.constantFrom('2022-06-01', '2022-07-01', '2022-08-01')
const domain = (company: string) => `c${company.slice(0, 2)}.com`

const headers = {
  employees: 'person_id,title,email,company_ein,start_date,end_date,last_updated',
  plans: 'plan_id,company_ein,plan_type,carrier_name,start_date,end_date,last_updated',
  claims: 'claim_id,company_ein,service_date,amount,claim_type,last_updated',
  companies: 'company_ein,company_name,employee_count',
}
type Feed = keyof typeof headers

/** Every company with a person, two plans with a gap between them and one of another type, claims that spike, and a name for most of them. */
const base: Record<Feed, readonly string[]> = {
  employees: companies.map(
    (company, index) => `P${index},Clerk,x@${domain(company)},${company},2020-01-01,,2022-01-01`,
  ),
  plans: companies.flatMap((company, index) => [
    `A${index},${company},Medical,Aetna,2021-01-01,2021-12-31,2022-01-01`,
    `B${index},${company},Medical,Cigna,2022-01-15,,2022-01-01`,
    `E${index},${company},Dental,Aetna,2021-01-01,,2022-01-01`,
  ]),
  claims: companies.flatMap((company, index) => [
    `C${index}a,${company},2022-01-10,100.00,Medical,2022-01-20`,
    `C${index}b,${company},2022-05-01,${200 + index}.00,Dental,2022-05-20`,
    `C${index}c,${company},2022-05-02,150.00,Vision,2022-05-20`,
    ...claimDays.map((at, place) => `D${index}_${place},${company},${at},${index + place}.00,Life,2022-05-20`),
  ]),
  companies: companies.slice(4).map((company, index) => `${company},Company ${index},${index}`),
}

const row: { readonly [name in Feed]: fc.Arbitrary<string> } = {
  employees: fc
    .tuple(
      fc.constantFrom('P0', 'P1', 'P2', 'N1'),
      fc.constantFrom('', 'Boss'),
      ein,
      day,
      fc.constantFrom('', '2022-12-30'),
      stamp,
    )
    .map(
      ([person, title, company, start, end, at]) =>
        `${person},${title},x@${domain(company)},${company},${start},${end},${at}`,
    ),
  plans: fc
    .tuple(
      fc.constantFrom('A0', 'B0', 'B1', 'E0', 'N1', ''),
      ein,
      fc.constantFrom('Medical', 'Dental', 'Life'),
      day,
      fc.constantFrom('', '2022-12-31'),
      stamp,
    )
    .map(([plan, company, type, start, end, at]) => `${plan},${company},${type},Aetna,${start},${end},${at}`),
  claims: fc
    .tuple(
      fc.constantFrom('C0a', 'C0b', 'C1a', 'D0_0', 'D1_3', 'D1_4', 'N1', 'N2'),
      ein,
      claimDay,
      fc.constantFrom('1.00', '900.00', '(5.00)'),
      fc.constantFrom('Dental', 'Life'),
      stamp,
    )
    .map((cells) => cells.join(',')),
  companies: fc.tuple(ein, fc.constantFrom('One', 'Two'), fc.constantFrom('', '7')).map((cells) => cells.join(',')),
}

const delivery = fc.oneof(
  ...(Object.keys(headers) as Feed[]).map((feed) =>
    fc.array(row[feed], { minLength: 1, maxLength: feed === 'claims' ? 5 : 2 }).map((rows) => ({ feed, rows })),
  ),
)

/** The files of a delivery, numbered so that name order is the order of delivery. */
function filesOf(number: number, rows: Partial<Record<Feed, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(rows).map(([feed, lines]) => [
      `${feed}_${String(number).padStart(3, '0')}.csv`,
      `${headers[feed as Feed]}\n${lines.join('\n')}\n`,
    ]),
  )
}

test('models built in parts, delivery by delivery, are those that one run builds whole', async () => {
  let parts = 0
  let windows = 0
  let timeLines = 0
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 4 }), async (deliveries) => {
      const steps = [
        { ...filesOf(0, base), 'company_lookup_000.json': JSON.stringify({ [domain('10')]: companies[0] }) },
        ...deliveries.map(({ feed, rows }, index) => filesOf(index + 1, { [feed]: rows })),
      ]
      const whole = temporaryFolder()
      const input = folderOf(Object.fromEntries(steps.flatMap((files) => Object.entries(files))))
      await runFeeds({ input, workspace: temporaryFolder(), exports: whole })
      const workspace = temporaryFolder()
      const stepped = temporaryFolder()
      for (const [index, files] of steps.entries()) {
        const built = new Set<string>()
        await runFeeds({
          input: folderOf(files),
          workspace,
          onModels: (models) => models.forEach(({ name, parts: some }) => some !== undefined && built.add(name)),
          ...(index === steps.length - 1 ? { exports: stepped } : {}),
        })
        if (index > 0) {
          runs += 1
          parts += built.size
          if (built.has('fct_claims_rolling_90d')) windows += 1
          if (built.has('mart_plan_coverage_gaps')) timeLines += 1
        }
      }
      expect(readTables(stepped)).toEqual(readTables(whole))
    }),
    sequences(10),
  )
  // Some deliveries change nothing, all others only a few companies: on average several models of each are built in parts.
  expect(parts).toBeGreaterThan(2 * runs)
  expect(windows).toBeGreaterThan(0)
  expect(timeLines).toBeGreaterThan(0)
})
