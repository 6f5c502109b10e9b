import { compileContract } from '../../../src/main/pipeline/contract/compile-contract.ts'
import type { Finding } from '../../../src/main/pipeline/contract/finding.ts'
import type { SourceContract } from '../../../src/main/pipeline/contract/source-contract.ts'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import { parseCsvLine } from '../../../src/main/pipeline/repair/parse-csv-line.ts'
import type { KnownValues } from '../../../src/main/pipeline/repair/suggest/known-values.ts'
import { compileSuggestions, suggestRepairs } from '../../../src/main/pipeline/repair/suggest/suggest-repairs.ts'
import type { Suggestion } from '../../../src/main/pipeline/repair/suggest/suggestion.ts'
import { benefits } from '../../helpers/feeds.ts'

export type Cells = Readonly<Record<string, string | null>>

const { contracts, config } = loadProject(benefits)
const asOf = Date.parse('2022-12-31') / 86_400_000
const nullWords = config.null_words

const companies = new Set(['11-1111111', '22-2222222', '33-3333333', '12-3456789', '12-3456798', '45-6123987'])
const byDomain = new Map([
  ['acme.com', '11-1111111'],
  ['betaworks.org', '22-2222222'],
  ['mail.gammagroup.com', '33-3333333'],
])
const byPerson = new Map([['P7', '45-6123987']])

const known: KnownValues = {
  hasCompany: (company) => companies.has(company),
  companyOfDomain: (domain) => byDomain.get(domain) ?? null,
  companyOfPerson: (person, column) => (column === 'person_id' ? (byPerson.get(person) ?? null) : null),
  domains: () => [...byDomain.keys()],
}

/** A valid record of each source. */
export const valid: Readonly<Record<string, Cells>> = {
  claims: {
    claim_id: 'C1',
    company_ein: '11-1111111',
    person_id: 'P1',
    plan_id: 'L1',
    service_date: '2022-03-04',
    amount: '120.50',
    claim_type: 'Medical',
    status: 'paid',
    last_updated: '2022-03-05T10:00:00Z',
  },
  employees: {
    person_id: 'P1',
    full_name: 'Ann Bell',
    title: 'Clerk',
    email: 'ann@acme.com',
    company_ein: '11-1111111',
    start_date: '2020-02-01',
    end_date: '2021-06-30',
    notes: 'status=active',
    last_updated: '2022-03-05',
  },
  plans: {
    plan_id: 'L1',
    company_ein: '11-1111111',
    plan_type: 'Dental',
    carrier_name: 'Aetna',
    start_date: '2020-01-01',
    end_date: '2020-12-31',
    last_updated: null,
  },
  companies: { company_ein: '11-1111111', company_name: 'Acme', employee_count: '60' },
  company_lookup: { domain: 'acme.com', company_ein: '11-1111111' },
}

function contractOf(source: string): SourceContract {
  const contract = contracts.get(source)
  if (contract === undefined) throw new Error(`no source ${source}`)
  return contract
}

/** What the contract says of the cells, with the look-up that the known values stand for. */
function judge(source: string, cells: Cells): readonly Finding[] {
  const contract = contractOf(source)
  const lookups = { company_lookup: byDomain }
  return compileContract(contract, { asOf, nullWords, lookups })(contract.fields.map(({ name }) => cells[name] ?? null))
    .findings
}

/** The suggestions for a valid record with these cells in place of its own. */
export function suggestFor(source: string, changed: Cells): readonly Suggestion[] {
  const cells = { ...valid[source], ...changed }
  const findings = judge(source, cells)
  return suggestRepairs({
    contract: contractOf(source),
    cells,
    findings,
    raw: '',
    header: null,
    known,
    asOf,
    nullWords,
  })
}

/** The suggestions for many such records of a source, made by one function. */
export function suggestForAll(source: string, changes: readonly Cells[]): readonly (readonly Suggestion[])[] {
  const suggest = compileSuggestions({ contract: contractOf(source), known, asOf, nullWords })
  return changes.map((changed) => {
    const cells = { ...valid[source], ...changed }
    return suggest({ cells, findings: judge(source, cells), raw: '', header: null })
  })
}

/** The suggestions for a CSV line with the header of its source's columns. */
export function suggestForLine(source: string, line: string, delimiter = ','): readonly Suggestion[] {
  const columns = Object.keys(valid[source] ?? {})
  const rule = parseCsvLine(line, delimiter) === null ? 'unparsable' : 'wrong_number_of_fields'
  const finding: Finding = { field: 'row', rule, severity: 'error', message: 'This record is broken.', rawValue: line }
  return suggestRepairs({
    contract: contractOf(source),
    cells: {},
    findings: [finding],
    raw: line,
    header: { delimiter, columns },
    known,
    asOf,
    nullWords,
  })
}

/** Whether a suggestion, taken alone, does what it promises: a finding is gone, and its own cell is without error. */
export function keepsItsPromise(source: string, changed: Cells, suggestion: Suggestion): boolean {
  const cells = { ...valid[source], ...changed }
  const after = judge(source, { ...cells, [suggestion.field]: suggestion.new_value })
  const isSame = (one: Finding) => (other: Finding) => one.field === other.field && one.rule === other.rule
  const isGone = judge(source, cells).some((finding) => !after.some(isSame(finding)))
  return isGone && !after.some(({ field, severity }) => field === suggestion.field && severity === 'error')
}
