import { z } from 'zod'

/** The form of a name that becomes a table, a column or a file. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'a name: lower-case letters, digits and _, beginning with a letter')

/** A model as a template names it. */
export const reference = z
  .string()
  .regex(/^ref\('([a-z0-9_]+)'\)$/, "a model is named as ref('model'), in single quotes")

/** The model that `ref('model')` names. */
export function referredModel(text: string): string {
  return text.slice(5, -2)
}
