import { formatters } from '../../kernel/format-value.ts'
import type { ValueType } from './value-type.ts'

type Style<Value> = (value: Value) => string

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const millisecondsPerHour = 3_600_000

const dates: Readonly<Record<string, Style<number>>> = {
  'YYYY-MM-DD': formatters.date,
  'YYYY/MM/DD': (days) => formatters.date(days).replaceAll('-', '/'),
  YYYYMMDD: (days) => formatters.date(days).replaceAll('-', ''),
  'MM/DD/YYYY': (days) => ordered(days, ([year, month, day]) => `${month}/${day}/${year}`),
  'M/D/YYYY': (days) => ordered(days, ([year, month, day]) => `${Number(month)}/${Number(day)}/${year}`),
  'MM-DD-YYYY': (days) => ordered(days, ([year, month, day]) => `${month}-${day}-${year}`),
  'D-Mon-YYYY': (days) => ordered(days, ([year, month, day]) => `${Number(day)}-${months[Number(month) - 1]}-${year}`),
  'D-MON-YYYY': (days) =>
    ordered(days, ([year, month, day]) => `${Number(day)}-${months[Number(month) - 1]?.toUpperCase()}-${year}`),
  'YYYY-MM-DDTHH:MM:SS': (days) => `${formatters.date(days)}T00:00:00`,
}

const instants: Readonly<Record<string, Style<number>>> = {
  'YYYY-MM-DDTHH:MM:SS.mmmZ': formatters.timestamp,
  'YYYY-MM-DDTHH:MM:SSZ': (instant) => `${formatters.timestamp(instant).slice(0, 19)}Z`,
  'YYYY-MM-DD HH:MM:SS': (instant) => formatters.timestamp(instant).slice(0, 19).replace('T', ' '),
  'YYYY-MM-DDTHH:MM:SS-05:00': (instant) =>
    `${formatters.timestamp(instant - 5 * millisecondsPerHour).slice(0, 19)}-05:00`,
  'YYYY-MM-DD': (instant) => formatters.timestamp(instant).slice(0, 10),
}

const money: Readonly<Record<string, Style<number>>> = {
  '1234.50': formatters.money,
  '1234.5': (cents) => formatters.money(cents).replace(/\.?0+$/, ''),
  '$1234.50': (cents) => `$${formatters.money(cents)}`,
  '1,234.50': (cents) => grouped(cents),
  '$1,234.50': (cents) => `$${grouped(cents)}`,
}

const texts: Readonly<Record<string, Style<string>>> = {
  plain: (text) => text,
  padded: (text) => ` ${text} `,
  wide: (text) => text.replaceAll(' ', '  '),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  no_dashes: (text) => text.replaceAll('-', ''),
}

const numberStyles: Readonly<Record<Exclude<ValueType, 'text'>, Readonly<Record<string, Style<number>>>>> = {
  date: dates,
  instant: instants,
  money,
  integer: { plain: formatters.integer },
  pick: {},
}

/** The names of the ways to write a value of this type; the first is the usual one. */
export function stylesOf(type: ValueType): string[] {
  return Object.keys(type === 'text' ? texts : numberStyles[type])
}

/** Writes a value, not null, in a style of its type; a text after styling like a number is the author's mistake, found on loading. */
export function styleOf(type: ValueType, name: string): (value: string | number) => string {
  if (type === 'text') {
    const style = texts[name] ?? unknownStyle(type, name)
    return (value) => style(String(value))
  }
  const style = numberStyles[type][name] ?? unknownStyle(type, name)
  return (value) => style(Number(value))
}

function unknownStyle(type: ValueType, name: string): never {
  throw new Error(`${name} is no style of a ${type}`)
}

function ordered(days: number, order: (parts: readonly [year: string, month: string, day: string]) => string): string {
  const text = formatters.date(days)
  return order([text.slice(0, 4), text.slice(5, 7), text.slice(8)])
}

function grouped(cents: number): string {
  return formatters.money(cents).replace(/\B(?=(\d{3})+\.)/g, ',')
}
