import { daysOf } from './days-of.ts'

const form = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/

/** Milliseconds since 1970-01-01 UTC of an ISO 8601 date or date-time; no zone means UTC. */
export function parseTimestamp(text: string): number | undefined {
  const parts = form.exec(text)
  if (parts === null) return undefined
  const days = daysOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  const hour = Number(parts[4] ?? 0)
  const minute = Number(parts[5] ?? 0)
  const second = Number(parts[6] ?? 0)
  const offset = offsetMinutes(parts[8])
  if (days === undefined || hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined
  const millisecond = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'))
  return days * 86_400_000 + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millisecond
}

function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', '') || 0)
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
