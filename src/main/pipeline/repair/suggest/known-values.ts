/** What the workspace knows besides the record. A company is named as its column holds it, in its normal form. */
export interface KnownValues {
  hasCompany(company: string): boolean
  /** The company that the e-mail domain belongs to. */
  companyOfDomain(domain: string): string | null
  /** The company of the person that a cell of this column names; null where the column names no persons. */
  companyOfPerson(person: string, column: string): string | null
  /** The e-mail domains of all companies. */
  domains(): readonly string[]
}
