/** Milliseconds since 1970-01-01 UTC; the one place that reads the wall clock. */
export function now(): number {
  return Date.now()
}

/** Today's local calendar day as `YYYY-MM-DD`. */
export function today(): string {
  const date = new Date(now())
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
