const grouped = new Intl.NumberFormat('en-US')

/** `12,345` */
export function count(value: number): string {
  return grouped.format(value)
}

/** `+12`, `-3`, `0`; empty for what has nothing to be compared with. */
export function change(value: number, before: number | null): string {
  if (before === null) return ''
  const difference = value - before
  return `${difference > 0 ? '+' : ''}${count(difference)}`
}

/** `0.04 s`, `12.3 s`, `3 min 05 s`; empty while unknown. */
export function duration(seconds: number | null): string {
  if (seconds === null) return ''
  if (seconds < 60) return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

/** `812 B`, `4.1 kB`, `1.2 GB` */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  return `${step === 0 ? bytes : (bytes / 1000 ** step).toFixed(1)} ${units[step]}`
}
