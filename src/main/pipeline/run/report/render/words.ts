/** `12,345` */
export function count(value: number): string {
  return value.toLocaleString('en')
}

/** `+12`, `−3`, `±0`; a dash for what has nothing to be compared with. */
export function change(value: number | null): string {
  if (value === null) return '–'
  return value === 0 ? '±0' : value > 0 ? `+${count(value)}` : `−${count(-value)}`
}

/** A part of a whole: `1.2 %`. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}

/** `1 row`, `2 rows` */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** The same on every machine, wherever it stands: `2026-11-23 08:12 UTC`. */
export function instant(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}

/** `0.4 s`, `3 min 05 s` */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

/** `812 B`, `4.1 kB`, `1.2 GB` */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  return `${step === 0 ? bytes : (bytes / 1000 ** step).toFixed(1)} ${units[step]}`
}
