import type { CellForm } from './source-contract.ts'

/** What is wrong with a value that is not of the form, as a sentence about the field. */
export function formMessage(field: string, form: CellForm): string {
  switch (form.kind) {
    case 'date':
      return `${field} is not a real date from 1900-01-01 to 2999-12-31 in a known form (such as 2022-12-31, 12/31/2022 or 31-Dec-2022).`
    case 'timestamp':
      return `${field} is not an ISO 8601 date or date-time.`
    case 'integer':
      return `${field} is not a whole number of 0 or more.`
    case 'money':
      return `${field} is not an amount with at most two decimals.`
    case 'email':
      return `${field} is not a valid e-mail address.`
    case 'domain':
      return `${field} is not a domain name.`
    case 'pattern':
      return `${field} does not have the form that the contract asks for.`
    case 'accepted':
      return `${field} is not one of ${form.values.join(', ')}.`
    case 'alias':
      return `${field} is not a name that the project knows.`
    case 'text':
    case 'pairs':
      return `${field} is not valid.`
  }
}
