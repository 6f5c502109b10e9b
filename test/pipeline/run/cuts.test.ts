import fc from 'fast-check'
import { expect, test } from 'vitest'
import { folderOf, readTables, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'

// Few keys, few instants, few domains: collisions, ties and late look-ups are what may go wrong.
const ein = fc.constantFrom('11-1111111', '222222222', '33-3333333', '', '12-34')
const stamp = fc.constantFrom('', '2022-01-01', '2022-01-02', '2022-01-02T00:00:00Z', '2022-01-03', 'soon')
const day = fc.constantFrom('2022-01-01', '1/15/2022', '2022-03-01', '2022-12-30', '2023-02-30')
const domains = ['a.com', 'b.com', 'c.org'] as const

const employee = fc.tuple(
  fc.constantFrom('P1', 'P2', 'P3'),
  fc.constantFrom('', 'Boss', 'Clerk'),
  fc.constantFrom(...domains).map((domain) => `x@${domain}`),
  ein,
  day,
  fc.constantFrom('', 'termination_date=2022-05-01; status=left'),
  stamp,
)
const plan = fc.tuple(
  fc.constantFrom('', 'PL1', 'PL2'),
  ein,
  fc.constantFrom('dental', 'Life'),
  fc.constantFrom('uhc', 'Aetna', 'Blue  Sky'),
  day,
  fc.constantFrom('', '2022-02-01', '2022-06-01'),
  stamp,
)
const claim = fc.tuple(
  fc.constantFrom('C1', 'C2', 'C3', 'C4', ''),
  ein,
  day,
  fc.constantFrom('1.00', '250', '(3.00)', 'x'),
  fc.constantFrom('medical', 'Dental'),
  stamp,
)
const company = fc.tuple(ein, fc.constantFrom('', 'One', 'Two'), fc.constantFrom('', '3', 'many'))

interface Delivery {
  readonly name: string
  readonly content: string
}

/** The content of one file of a source with the given rows. */
function csv(source: string, header: string) {
  return (rows: readonly (readonly string[])[]) => ({
    source,
    content: `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`,
  })
}

function json(source: string) {
  return (object: object) => ({ source, content: JSON.stringify(object) })
}

const delivery = fc.oneof(
  fc
    .array(employee, { minLength: 1, maxLength: 4 })
    .map(csv('employees', 'person_id,title,email,company_ein,start_date,notes,last_updated')),
  fc
    .array(plan, { minLength: 1, maxLength: 4 })
    .map(csv('plans', 'plan_id,company_ein,plan_type,carrier_name,start_date,end_date,last_updated')),
  fc
    .array(claim, { minLength: 1, maxLength: 4 })
    .map(csv('claims', 'claim_id,company_ein,service_date,amount,claim_type,last_updated')),
  fc.array(company, { minLength: 1, maxLength: 3 }).map(csv('companies', 'company_ein,company_name,employee_count')),
  fc
    .dictionary(fc.constantFrom(...domains), fc.constantFrom('11-1111111', '222222222', '33-3333333'), { minKeys: 1 })
    .map(json('company_lookup')),
  fc
    .dictionary(fc.constantFrom(...domains), fc.record({ industry: fc.constantFrom('Food', 'Retail') }), { minKeys: 1 })
    .map(json('enrichment')),
)

interface Delivery {
  readonly name: string
  readonly content: string
}

/** A file's name, numbered so that name order is the order of delivery. */
function named({ source, content }: { source: string; content: string }, number: number): Delivery {
  return { name: `${source}_${String(number).padStart(3, '0')}.${content.startsWith('{') ? 'json' : 'csv'}`, content }
}

const hasFeed = (files: readonly Delivery[]) => files.some(({ name }) => !name.startsWith('enrichment'))
const folderWith = (files: readonly Delivery[]) =>
  folderOf(Object.fromEntries(files.map(({ name, content }) => [name, content])))

test('feeds cut into several runs publish the same tables as one run', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(delivery, fc.boolean()), { minLength: 2, maxLength: 10 }),
      fc.boolean(),
      async (deliveries, isEarly) => {
        const files = deliveries.map(([made], index) => named(made, index))
        const parts: Delivery[][] = [[]]
        for (const [index, file] of files.entries()) {
          if (deliveries[index]?.[1] === true && hasFeed(parts.at(-1) ?? [])) parts.push([])
          parts.at(-1)?.push(file)
        }
        if (!hasFeed(parts.at(-1) ?? [])) parts.splice(-2, 2, [...(parts.at(-2) ?? []), ...(parts.at(-1) ?? [])])
        fc.pre(parts.every(hasFeed))

        const whole = temporaryFolder()
        await runFeeds({ input: folderWith(files), workspace: temporaryFolder(), exports: whole })
        const workspace = temporaryFolder()
        const cut = temporaryFolder()
        for (const [index, part] of parts.entries()) {
          const isLast = index === parts.length - 1
          await runFeeds({
            input: folderWith(part),
            workspace,
            asOf: isEarly && !isLast ? '2022-02-01' : '2022-12-31',
            ...(isLast ? { exports: cut } : {}),
          })
        }
        expect(readTables(cut)).toEqual(readTables(whole))
      },
    ),
    { numRuns: 20, plugins: [fc.interruptAfterTimeLimit(60_000)] },
  )
}, 600_000)
