const form = /^(-)?\$?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/
const bracketed = /^\((\$?[\d,]+(?:\.\d{1,2})?)\)$/

/** Integer cents of an amount such as `1,234.50`, `$12`, `-3.5` or `(12.00)`; undefined for any other text, or beyond 2^53 cents. */
export function parseAmount(text: string): number | undefined {
  const inner = bracketed.exec(text)?.[1]
  const parts = form.exec(inner ?? text)
  if (parts === null) return undefined
  const cents = Number((parts[2] ?? '').replaceAll(',', '')) * 100 + Number((parts[3] ?? '').padEnd(2, '0'))
  if (!Number.isSafeInteger(cents)) return undefined
  const isNegative = inner !== undefined || parts[1] !== undefined
  return isNegative && cents !== 0 ? -cents : cents
}
