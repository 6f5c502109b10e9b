import { readLookup } from '../../pipeline/staging/follow-lookups.ts'
import { lookupSourcesOf } from '../../pipeline/contract/source-contract.ts'
import { stagedTableOf } from '../../pipeline/staging/staged-table.ts'
import type { KnownValues } from '../../pipeline/repair/suggest/known-values.ts'
import { quoteName } from '../../store/database.ts'
import { isLiving } from '../../store/versioned-table.ts'
import type { Desk } from './desk.ts'

/** What the staged rows know of companies, e-mail domains and persons; remembered for as long as the same run is published. */
export function createKnownValues(desk: Desk): () => KnownValues {
  let known: { readonly run: number; readonly values: KnownValues } | null = null
  return () => {
    const run = desk.publishedRun()
    if (known?.run !== run) known = { run, values: readKnownValues(desk) }
    return known.values
  }
}

function readKnownValues({ connection, contracts, companyColumn }: Desk): KnownValues {
  const column = companyColumn ?? ''
  const lookups = new Set([...contracts.values()].flatMap((contract) => lookupSourcesOf(contract)))
  const isTable = connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
  const naming = [...contracts.values()].filter(
    (contract) =>
      contract.staged.some(({ name }) => name === column) &&
      isTable.get(stagedTableOf(contract).table.name) !== undefined,
  )
  // Where companies have a feed of their own that is the list of them; elsewhere whatever names one.
  const listing = naming.filter((contract) => contract.key.join() === column || lookups.has(contract.name))
  const companies = new Set(
    (listing.length > 0 ? listing : naming).flatMap(
      (contract) =>
        connection
          .prepare(
            `SELECT DISTINCT ${quoteName(column)} FROM ${quoteName(stagedTableOf(contract).table.name)} WHERE ${isLiving}`,
          )
          .pluck()
          .all() as string[],
    ),
  )
  const domains = new Map<string, string>()
  for (const name of lookups) {
    const contract = contracts.get(name)
    if (contract === undefined || !naming.includes(contract)) continue
    for (const [domain, company] of readLookup(connection, contract, isLiving)) domains.set(domain, company)
  }
  const persons = new Map(
    naming
      .filter((contract) => contract.key.length === 1 && contract.key[0] !== column)
      .map((contract) => [
        contract.key[0] ?? '',
        connection
          .prepare(
            `SELECT ${quoteName(column)} FROM ${quoteName(stagedTableOf(contract).table.name)} WHERE ${quoteName(contract.key[0] ?? '')} = ? AND ${isLiving}`,
          )
          .pluck(),
      ]),
  )
  return {
    hasCompany: (company) => companies.has(company),
    companyOfDomain: (domain) => domains.get(domain) ?? null,
    companyOfPerson: (person, key) => (persons.get(key)?.get(person) ?? null) as string | null,
    domains: () => [...domains.keys()],
  }
}
