import type { CheckStatus } from '../../kernel/check-status.ts'
import type { Check, Decimal, Limit } from '../project/project.ts'

/** Whether a count over another is above, equal to or below a decimal number, as 1, 0 or -1; exactly. */
export function compareShare(part: number, whole: number, { units, scale }: Decimal): number {
  const left = BigInt(part) * 10n ** BigInt(scale)
  const right = BigInt(units) * BigInt(whole)
  return left > right ? 1 : left < right ? -1 : 0
}

/** Whether so many failing ones among so many rows are too many. */
function reaches(limit: Limit, failures: number, rows: number): boolean {
  const compared = limit.isPercent ? compareShare(failures * 100, rows, limit) : compareShare(failures, 1, limit)
  return limit.comparison === '>' ? compared > 0 : compared >= 0
}

/** What a check comes to with so many failing rows among all; `rows` is asked for only where it matters. */
export function statusOf(check: Check, failures: number, rows: () => number): CheckStatus {
  if (failures === 0) return 'pass'
  const isReached = (limit: Limit) => reaches(limit, failures, limit.isPercent ? rows() : 0)
  if (check.severity === 'error' && isReached(check.errorIf)) return 'fail'
  return isReached(check.warnIf) ? 'warn' : 'pass'
}

/** A check's limits as a person wrote them; empty where any failing row is too many. */
export function describeLimits({ severity, warnIf, errorIf }: Check): string {
  const words = (limit: Limit) => `${limit.comparison} ${decimalText(limit)}${limit.isPercent ? '%' : ''}`
  const isAny = (limit: Limit) => limit.units === 0 && limit.comparison === '>'
  if (isAny(warnIf) && (severity === 'warn' || isAny(errorIf))) return ''
  return severity === 'warn' ? `warns ${words(warnIf)}` : `warns ${words(warnIf)}, fails ${words(errorIf)}`
}

/** A decimal number as text, without zeros that say nothing. */
export function decimalText({ units, scale }: Decimal): string {
  const digits = String(units).padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
