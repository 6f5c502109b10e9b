const counts = new Intl.NumberFormat('en-US')
const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const compactCounts = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

/** A whole number with its thousands grouped. */
export function formatCount(value: number): string {
  return counts.format(value)
}

/** A count where there is little room: exact up to 9,999, then `10K`, `250K`, `1.2M`. */
export function formatCompact(value: number): string {
  return value < 10_000 ? counts.format(value) : compactCounts.format(value)
}

/** A change of a count with its sign, a real minus among them. */
export function formatChange(value: number): string {
  if (value === 0) return '±0'
  return value > 0 ? `+${counts.format(value)}` : `−${counts.format(-value)}`
}

/** A part of a whole as a percentage with one decimal; what is above nothing is never shown as nothing. */
export function formatShare(share: number): string {
  const percent = share * 100
  if (percent !== 0 && Math.abs(percent) < 0.05) return percent > 0 ? '<0.1%' : '>−0.1%'
  return `${minus(percent.toFixed(1))}%`
}

/** A number of any size with as many digits as tell something. */
export function formatNumber(value: number): string {
  const digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 1 ? 2 : 4
  return minus(new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(value))
}

/** An amount, given in cents: `1,234.50`. */
export function formatCents(cents: number): string {
  return minus(money.format(cents / 100))
}

/** A span of time: `420 ms`, `1.2 s`, `3 min 05 s`, `1 h 04 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`
  return `${Math.floor(whole / 3600)} h ${twoDigits(Math.floor((whole % 3600) / 60))} min`
}

/** A span of time that is only a guess, without digits that it cannot keep. */
export function formatEstimate(seconds: number): string {
  return seconds < 59.5 ? `${Math.ceil(seconds)} s` : formatDuration(seconds)
}

/** A size in bytes in the unit that reads best. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`
}

/** An instant on this machine's clock: `2026-11-23 08:12:05`. */
export function formatInstant(iso: string): string {
  const at = new Date(iso)
  return `${formatDay(at)} ${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}:${twoDigits(at.getSeconds())}`
}

/** The time of day alone: `08:12`. */
export function formatTime(iso: string): string {
  const at = new Date(iso)
  return `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`
}

/** The local calendar day as `YYYY-MM-DD`. */
export function formatDay(at: Date): string {
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
}

/** How long ago an instant was, in words. */
export function formatRelative(iso: string, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - new Date(iso).getTime()) / 1000)
  if (seconds < 45) return 'just now'
  if (seconds < 90 * 60) return `${Math.max(1, Math.round(seconds / 60))} min ago`
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h ago`
  if (seconds < 60 * 86_400) return `${Math.round(seconds / 86_400)} days ago`
  return formatDay(new Date(iso))
}

/** A count with its noun: `1 row`, `2 rows`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** The sign as it is printed, not a hyphen. */
function minus(text: string): string {
  return text.replace('-', '−')
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
