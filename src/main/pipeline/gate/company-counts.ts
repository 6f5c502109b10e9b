import type { Connection } from '../../store/database.ts'

/** The rows of one company in a delivery. */
export interface CompanyRows {
  /** Valid ones, and those that nothing but a limit which a person set holds back. */
  readonly sound: number
  /** Rows that break a rule, where they name the company. */
  readonly heldBack: number
}

/** By company, in its normal form. */
export type CompanyCounts = ReadonlyMap<string, CompanyRows>

/** Beyond so many companies in a file none is counted: a column of so many values does not tell whose feed it is. */
const mostCompanies = 50_000

/** Counts rows by company. */
export interface CompanyCounter {
  sound(company: unknown): void
  heldBack(company: unknown): void
  /** Null where there are too many companies. */
  take(): CompanyCounts | null
}

/** An empty counter. */
export function createCompanyCounter(): CompanyCounter {
  const counts = new Map<string, { sound: number; heldBack: number }>()
  const none = { sound: 0, heldBack: 0 }
  const of = (company: unknown) => {
    if (typeof company !== 'string') return none
    const known = counts.get(company)
    if (known !== undefined) return known
    const added = { sound: 0, heldBack: 0 }
    if (counts.size <= mostCompanies) counts.set(company, added)
    return added
  }
  return {
    sound: (company) => void (of(company).sound += 1),
    heldBack: (company) => void (of(company).heldBack += 1),
    take: () => (counts.size > mostCompanies ? null : counts),
  }
}

/** The counts of several files together; null where one has none. */
export function mergeCounts(files: readonly (CompanyCounts | null)[]): CompanyCounts | null {
  const all = new Map<string, CompanyRows>()
  for (const file of files) {
    if (file === null) return null
    for (const [company, { sound, heldBack }] of file) {
      const known = all.get(company)
      all.set(company, { sound: sound + (known?.sound ?? 0), heldBack: heldBack + (known?.heldBack ?? 0) })
    }
  }
  return all
}

/** Counts of sound rows as they are kept. Inside the caller's transaction: companies that are new get their numbers. */
export function packCounts(connection: Connection, counts: CompanyCounts): Buffer {
  const having = [...counts].filter(([, { sound }]) => sound > 0)
  connection
    .prepare('INSERT OR IGNORE INTO assay_company (name) SELECT value FROM json_each(?)')
    .run(JSON.stringify(having.map(([company]) => company)))
  const numbers = new Map([...readCompanies(connection)].map(([number, name]) => [name, number]))
  const pairs = Uint32Array.from(having.flatMap(([company, { sound }]) => [numbers.get(company) ?? 0, sound]))
  return Buffer.from(pairs.buffer)
}

/** Pairs of a company's number and its sound rows, one after the other. */
export function unpackCounts(bytes: Buffer): Uint32Array {
  // Copied, since the bytes of a buffer need not begin where numbers may.
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/** The companies by their numbers. */
export function readCompanies(connection: Connection): ReadonlyMap<number, string> {
  const rows = connection.prepare('SELECT number, name FROM assay_company').raw().all() as [number, string][]
  return new Map(rows)
}
