import type { Parse } from '../../contract/compile-form.ts'
import type { ComparisonRule } from '../../contract/contract-schema.ts'
import type { Finding } from '../../contract/finding.ts'
import { parseAmount } from '../../contract/parse-amount.ts'
import { domainOf, parseEmail } from '../../contract/parse-email.ts'
import type { ContractField, SourceContract } from '../../contract/source-contract.ts'
import { guessAmounts, guessIntegers } from './guess-amounts.ts'
import { guessCompanies, nearCompanies } from './guess-companies.ts'
import { guessDates, guessTimestamps } from './guess-dates.ts'
import { guessDomainNames, guessEmails, guessNearDomains } from './guess-emails.ts'
import { guessNames } from './guess-names.ts'
import { guessEarlierDays, guessOrderedDays } from './guess-other-days.ts'
import type { KnownValues } from './known-values.ts'
import type { Domains } from './near-domains.ts'
import type { Guess, Offer, SuggestionKind } from './suggestion.ts'

/** The record that breaks a rule, and what is known besides it. */
export interface OfferWorld {
  readonly contract: SourceContract
  readonly known: KnownValues
  readonly domains: Domains
  readonly asOf: number
  /** The trimmed cell of a field; null where it has no value. */
  textOf(field: string): string | null
  parserOf(field: string): Parse
}

/** Values that may mend what was found, not judged yet. */
export function offersFor(finding: Finding, world: OfferWorld): readonly Offer[] {
  const field = world.contract.fields.find(({ name }) => name === finding.field)
  if (field === undefined) return []
  const text = world.textOf(field.name)
  if (text === null) return offersForNothing(finding, field, world)
  const comparison = field.comparisons.find(({ name }) => name === finding.rule)
  if (comparison !== undefined) return offersForComparison(comparison, field, text, world)
  return offersForForm(field, text, world)
}

function offersForForm(field: ContractField, text: string, world: OfferWorld): readonly Offer[] {
  const { form } = field
  const offer = (kind: SuggestionKind, guesses: readonly Guess[]) => offers(field.name, kind, guesses)
  switch (form.kind) {
    case 'date':
      return offer('date', guessDates(text, world.asOf))
    case 'timestamp':
      return offer('date', guessTimestamps(text, world.asOf))
    case 'money':
      return offer('amount', guessAmounts(text, !hasFloor(field)))
    case 'integer':
      return offer('amount', guessIntegers(text))
    case 'email':
      return offer('domain', guessEmails(text, world.domains))
    case 'domain':
      return offer('domain', guessDomainNames(text))
    case 'accepted':
      return offer('accepted', guessNames(text, form.values))
    case 'alias':
      return offer('accepted', guessNames(text, [...new Set(Object.values(form.names))]))
    case 'pattern':
      return [
        ...offer('ein', guessCompanies(text, world.parserOf(field.name), world.known)),
        ...companyOffers(field, world),
      ]
    case 'text':
    case 'pairs':
      return []
  }
}

/** A value that is missing can be had where the record's other cells tell the company. */
function offersForNothing(finding: Finding, field: ContractField, world: OfferWorld): readonly Offer[] {
  if (field.form.kind !== 'pattern') return []
  const isInferred = field.inference !== null && finding.rule === field.inference.rule
  const email = isInferred ? parseEmail(world.textOf(field.inference.emailColumn) ?? '') : undefined
  const mended = email === undefined ? [] : guessNearDomains(email, world.domains)
  return [...companyOffers(field, world), ...offers(field.inference?.emailColumn ?? '', 'domain', mended)]
}

function offersForComparison(
  { implementation: is }: ComparisonRule,
  field: ContractField,
  text: string,
  world: OfferWorld,
): readonly Offer[] {
  const value = world.parserOf(field.name)(text)
  if ('failsPrefix' in is) {
    if (field.form.kind !== 'pattern' || world.known.hasCompany(String(value))) return []
    return offers(field.name, 'ein', nearCompanies(text.replaceAll(/\D/g, ''), world.parserOf(field.name), world.known))
  }
  if (typeof value !== 'number') return []
  if ('failsBelow' in is) return field.form.kind === 'money' ? offers(field.name, 'amount', withoutSign(text)) : []
  if (field.form.kind !== 'date') return []
  if ('failsAfter' in is) return offers(field.name, 'date', guessEarlierDays(value, world.asOf))
  const other = world.parserOf(is.failsBefore)(world.textOf(is.failsBefore) ?? '')
  if (typeof other !== 'number') return []
  const { first, second } = guessOrderedDays(other, value)
  return [...offers(field.name, 'date', second), ...offers(is.failsBefore, 'date', first)]
}

/** The company that the record's e-mail or its person belongs to. */
function companyOffers(field: ContractField, { contract, known, textOf }: OfferWorld): readonly Offer[] {
  const emailColumns =
    field.inference === null
      ? contract.fields.filter(({ form }) => form.kind === 'email').map(({ name }) => name)
      : [field.inference.emailColumn]
  const byEmail = emailColumns.flatMap((column) => {
    const email = parseEmail(textOf(column) ?? '')
    const company = email === undefined ? null : known.companyOfDomain(domainOf(email))
    if (email === undefined || company === null) return []
    return [
      {
        value: company,
        reason: `${domainOf(email)}, the domain of ${column}, belongs to ${company}.`,
        confidence: 0.8,
      },
    ]
  })
  const byPerson = contract.fields.flatMap(({ name, form }) => {
    const person = form.kind === 'text' ? textOf(name) : null
    const company = person === null ? null : known.companyOfPerson(person, name)
    if (company === null) return []
    return [{ value: company, reason: `The person of ${name} belongs to ${company}.`, confidence: 0.85 }]
  })
  return [...offers(field.name, 'ein', byEmail), ...offers(field.name, 'key', byPerson)]
}

function hasFloor(field: ContractField): boolean {
  return field.comparisons.some(
    ({ severity, implementation: is }) => severity === 'error' && 'failsBelow' in is && is.failsBelow >= 0,
  )
}

function withoutSign(text: string): readonly Guess[] {
  const cents = Math.abs(parseAmount(text) ?? 0)
  const value = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
  return [{ value, reason: `Without its sign it is ${value}.`, confidence: 0.4 }]
}

function offers(field: string, kind: SuggestionKind, guesses: readonly Guess[]): readonly Offer[] {
  return guesses.map(({ value, reason, confidence }) => ({ field, kind, value, reason, confidence }))
}
