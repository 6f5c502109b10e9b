const form = /^(-)?\$?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/
const bracketed = /^\((\$?[\d,]+(?:\.\d{1,2})?)\)$/

/** Integer cents of an amount such as `1,234.50`, `$12`, `-3.5` or `(12.00)`; undefined for any other text, or beyond 2^53 cents. */
export function parseAmount(text: string): number | undefined {
  const plain = parsePlain(text)
  if (plain >= 0) return plain
  const inner = bracketed.exec(text)?.[1]
  const parts = form.exec(inner ?? text)
  if (parts === null) return undefined
  const cents = Number((parts[2] ?? '').replaceAll(',', '')) * 100 + Number((parts[3] ?? '').padEnd(2, '0'))
  if (!Number.isSafeInteger(cents)) return undefined
  const isNegative = inner !== undefined || parts[1] !== undefined
  return isNegative && cents !== 0 ? -cents : cents
}

/** Cents of digits with two decimals, the form nearly all amounts have; -1 for every other text, which the expressions above judge. */
function parsePlain(text: string): number {
  const { length } = text
  if (length < 4 || length > 15 || text.charCodeAt(length - 3) !== 46) return -1
  let cents = 0
  for (let at = 0; at < length; at += 1) {
    if (at === length - 3) continue
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return -1
    cents = cents * 10 + digit
  }
  return cents
}
