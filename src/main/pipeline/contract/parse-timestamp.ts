import { calendarDay } from './days-of.ts'

const dayForm = /^(\d{4})-(\d{2})-(\d{2})$/
const clockForm = /^[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/
const dayMilliseconds = 86_400_000

/** The first and the last millisecond that have a year of four digits. */
const [firstInstant, lastInstant] = [-62_135_596_800_000, 253_402_300_799_999]

const rememberedDays = 20_000
const knownDays = new Map<string, number | undefined>()

/** Milliseconds since 1970-01-01 UTC of an ISO 8601 date or date-time of the years 1 to 9999; no zone means UTC. */
export function parseTimestamp(text: string): number | undefined {
  const days = parseDay(text.length === 10 ? text : text.slice(0, 10))
  if (days === undefined) return undefined
  if (text.length === 10) return days * dayMilliseconds
  const clock = parseClock(text)
  if (clock === undefined) return undefined
  const instant = days * dayMilliseconds + clock
  return instant < firstInstant || instant > lastInstant ? undefined : instant
}

/** The days of feeds repeat: a look-up is cheaper than the expression. */
function parseDay(text: string): number | undefined {
  const known = knownDays.get(text)
  if (known !== undefined || knownDays.has(text)) return known
  const parts = dayForm.exec(text)
  const days = parts === null ? undefined : calendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  if (knownDays.size < rememberedDays) knownDays.set(text, days)
  return days
}

/** Milliseconds from midnight UTC of the day to the clock that follows it from character 10 on. */
function parseClock(text: string): number | undefined {
  const parts = clockForm.exec(text.slice(10))
  if (parts === null) return undefined
  const hour = Number(parts[1])
  const minute = Number(parts[2])
  const second = Number(parts[3] ?? 0)
  const offset = offsetMinutes(parts[5])
  if (hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined
  const millisecond = parts[4] === undefined ? 0 : Number(parts[4].slice(0, 3).padEnd(3, '0'))
  return ((hour * 60 + minute - offset) * 60 + second) * 1000 + millisecond
}

function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', '') || 0)
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
