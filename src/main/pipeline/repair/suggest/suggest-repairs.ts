import { compileContract, type VerdictContext } from '../../contract/compile-contract.ts'
import { compileForm, type Parse } from '../../contract/compile-form.ts'
import type { Finding } from '../../contract/finding.ts'
import { domainOf, parseEmail } from '../../contract/parse-email.ts'
import { lookupSourcesOf, type SourceContract } from '../../contract/source-contract.ts'
import type { KnownValues } from './known-values.ts'
import { mendCsvLine } from './mend-csv-line.ts'
import { compileDomains } from './near-domains.ts'
import { offersFor, type OfferWorld } from './offers-for.ts'
import type { BrokenRecord, Offer, Suggestion, SuggestionContext } from './suggestion.ts'

type Cells = Readonly<Record<string, string | null>>
type JudgeCells = (cells: Cells) => readonly Finding[]

const wholeRow = 'row'
const mostPerField = 5
const highest = 0.99

/** Suggests values for the cells of a record that break a rule, the likeliest first, five a field at most. */
export function suggestRepairs(input: SuggestionContext & BrokenRecord): readonly Suggestion[] {
  return compileSuggestions(input)(input)
}

/** The same for many records of a source. */
export function compileSuggestions(context: SuggestionContext): (record: BrokenRecord) => readonly Suggestion[] {
  const { contract, known } = context
  const judge = compileJudge(context)
  const domains = compileDomains(known.domains())
  const parsers = new Map<string, Parse>(contract.fields.map((field) => [field.name, compileForm(field.form)]))
  const nullWords = new Set(['', ...context.nullWords])

  function textOf(cells: Cells, field: string): string | null {
    const text = cells[field]?.trim() ?? ''
    return nullWords.has(text) ? null : text
  }

  return (record) => {
    const world: OfferWorld = {
      contract,
      known,
      domains,
      asOf: context.asOf,
      textOf: (field) => textOf(record.cells, field),
      parserOf: (field) => parsers.get(field) ?? (() => undefined),
    }
    const before = judge(record.cells)
    const suggestions = record.findings.flatMap((finding) =>
      finding.field === wholeRow
        ? mendRow(record, judge)
        : vet(offersFor(finding, world), finding, record.cells, before, judge),
    )
    return best(suggestions)
  }
}

/** Keeps the offers that remove the finding and leave their own cell without error; one that breaks another cell counts half. */
function vet(
  offers: readonly Offer[],
  target: Finding,
  cells: Cells,
  before: readonly Finding[],
  judge: JudgeCells,
): readonly Suggestion[] {
  return offers.flatMap((offer): readonly Suggestion[] => {
    const { field, value, reason, confidence, kind } = offer
    const raw = cells[field] ?? null
    if (value === raw?.trim()) return []
    const after = judge({ ...cells, [field]: value })
    const isError = ({ severity }: Finding) => severity === 'error'
    if (after.some((finding) => isSame(finding, target) || (finding.field === field && isError(finding)))) return []
    const isHarmful = after.some((finding) => isError(finding) && !before.some((known) => isSame(known, finding)))
    return [
      { field, raw_value: raw, new_value: value, reason, confidence: isHarmful ? confidence / 2 : confidence, kind },
    ]
  })
}

function isSame(one: Finding, other: Finding): boolean {
  return one.field === other.field && one.rule === other.rule
}

function mendRow({ raw, header }: BrokenRecord, judge: JudgeCells): readonly Suggestion[] {
  if (header === null) return []
  const countErrors = (cells: readonly string[]) => {
    const named = Object.fromEntries(header.columns.map((name, index) => [name, cells[index] ?? null]))
    return judge(named).filter(({ severity }) => severity === 'error').length
  }
  return mendCsvLine(raw, header, countErrors).map(({ value, reason, confidence }) => ({
    field: wholeRow,
    raw_value: raw,
    new_value: value,
    reason,
    confidence,
    kind: 'quote',
  }))
}

/** A judge of cells by name. What a look-up source says of the record's own domain is asked for when it is judged. */
function compileJudge({ contract, known, asOf, nullWords }: SuggestionContext): JudgeCells {
  const answers = new Map<string, string>()
  const sources = lookupSourcesOf(contract)
  const context: VerdictContext = {
    asOf,
    nullWords,
    lookups: Object.fromEntries(sources.map((source) => [source, answers])),
  }
  const judge = compileContract(contract, context)
  return (cells) => {
    lookUp(contract, known, cells, answers)
    return judge(contract.fields.map((field) => cells[field.name] ?? null)).findings
  }
}

function lookUp(contract: SourceContract, known: KnownValues, cells: Cells, answers: Map<string, string>): void {
  answers.clear()
  for (const { inference } of contract.fields) {
    const email = parseEmail(cells[inference?.emailColumn ?? '']?.trim() ?? '')
    const company = email === undefined ? null : known.companyOfDomain(domainOf(email))
    if (email !== undefined && company !== null) answers.set(domainOf(email), company)
  }
}

/** One suggestion for each value, surer where several reasons speak for it; the likeliest of each field. */
function best(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const byValue = Map.groupBy(suggestions, ({ field, new_value: value }) => JSON.stringify([field, value]))
  const merged = [...byValue.values()].flatMap((same) => {
    const sorted = same.toSorted((one, other) => other.confidence - one.confidence)
    const [first] = sorted
    if (first === undefined) return []
    const reasons = new Map(sorted.map(({ reason, confidence }) => [reason, confidence]))
    const doubt = [...reasons.values()].reduce((rest, confidence) => rest * (1 - confidence), 1)
    const confidence = Math.round(Math.min(highest, 1 - doubt) * 100) / 100
    return [{ ...first, reason: [...reasons.keys()].join(' '), confidence }]
  })
  const sorted = merged.toSorted(
    (one, other) => other.confidence - one.confidence || (one.new_value < other.new_value ? -1 : 1),
  )
  const taken = new Map<string, number>()
  return sorted.filter(({ field }) => {
    const count = (taken.get(field) ?? 0) + 1
    taken.set(field, count)
    return count <= mostPerField
  })
}
