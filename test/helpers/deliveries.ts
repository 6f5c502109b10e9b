import fc from 'fast-check'
import { folderOf } from './feeds.ts'

// Few keys, few instants, few domains: collisions, ties and late look-ups are what may go wrong.
const ein = fc.constantFrom('11-1111111', '222222222', '33-3333333', '', '12-34')
const stamp = fc.constantFrom('', '2022-01-01', '2022-01-02', '2022-01-02T00:00:00Z', '2022-01-03', 'soon')
const day = fc.constantFrom('2022-01-01', '1/15/2022', '2022-03-01', '2022-12-30', '2023-02-30')
// Besides days of the other feeds, the ends of the windows on them and the days after these.
const serviceDay = fc.oneof(day, fc.constantFrom('2022-04-01', '2022-06-29', '2022-06-30', '2022-08-26', '2022-08-27'))
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
  serviceDay,
  fc.constantFrom('1.00', '250', '(3.00)', 'x'),
  fc.constantFrom('medical', 'Dental'),
  stamp,
)
const company = fc.tuple(ein, fc.constantFrom('', 'One', 'Two'), fc.constantFrom('', '3', 'many'))

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

/** A file of any source of the benefits project, with a few rows, some of them broken. */
export const deliveredFile = fc.oneof(
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

export interface NamedFile {
  readonly name: string
  readonly content: string
}

/** A file's name, numbered so that name order is the order of delivery. */
export function named({ source, content }: { source: string; content: string }, number: number): NamedFile {
  return { name: `${source}_${String(number).padStart(3, '0')}.${content.startsWith('{') ? 'json' : 'csv'}`, content }
}

/** Whether there is anything for a run among the files. */
export const hasFeed = (files: readonly NamedFile[]) => files.some(({ name }) => !name.startsWith('enrichment'))

/** A new folder with the files. */
export const folderWith = (files: readonly NamedFile[]) =>
  folderOf(Object.fromEntries(files.map(({ name, content }) => [name, content])))
