import type { CellForm } from './source-contract.ts'
import { parseAmount } from './parse-amount.ts'
import { parseDate } from './parse-date.ts'
import { parseEmail } from './parse-email.ts'
import { parseTimestamp } from './parse-timestamp.ts'

export type Parse = (text: string) => string | number | undefined

const rememberedTexts = 20_000

/** `parse` with a memory: the cells of a column repeat, and a look-up is cheaper than a regular expression. */
function remembering(parse: Parse): Parse {
  const known = new Map<string, string | number | undefined>()
  return (text) => {
    const value = known.get(text)
    if (value !== undefined || known.has(text)) return value
    const parsed = parse(text)
    if (known.size < rememberedTexts) known.set(text, parsed)
    return parsed
  }
}

function parseInteger(text: string): number | undefined {
  if (!/^\d+$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}

function parseDomain(text: string): string | undefined {
  const domain = text.toLowerCase()
  return parseEmail(`a@${domain}`) === undefined ? undefined : domain
}

/** The parser of trimmed, non-null text for a form: its value, or undefined where the text is not of the form. */
export function compileForm(form: CellForm): Parse {
  switch (form.kind) {
    case 'text':
    case 'pairs':
      return (text) => text
    case 'date':
      return remembering(parseDate)
    case 'timestamp':
      return parseTimestamp
    case 'integer':
      return parseInteger
    case 'money':
      return parseAmount
    case 'email':
      return parseEmail
    case 'domain':
      return parseDomain
    case 'pattern': {
      const pattern = new RegExp(form.pattern, 'u')
      const normalForm = form.normalForm.replaceAll('$0', '$&')
      return remembering((text) => (pattern.test(text) ? text.replace(pattern, normalForm) : undefined))
    }
    case 'accepted': {
      const names = new Map(form.values.map((value) => [value.toLowerCase(), value]))
      return remembering((text) => names.get(text.toLowerCase()))
    }
    case 'alias': {
      const names = new Map(Object.entries(form.names))
      return remembering((text) => {
        const collapsed = text.replace(/\s+/g, ' ')
        return names.get(collapsed.toLowerCase()) ?? collapsed
      })
    }
  }
}
