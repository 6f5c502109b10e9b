import type { Decimal, Limit } from './project.ts'

const anyRow: Limit = { comparison: '>', units: 0, scale: 0, isPercent: false }

/** The limit that is written as `> 10` or `>= 1.5%`, or as the least share of rows that has to pass; any failing row where none is. */
export function limitOf(written: string | undefined, mostly: number | undefined): Limit {
  if (mostly !== undefined) {
    const { units, scale } = decimalOf(String(mostly))
    return { comparison: '>', units: (10 ** scale - units) * 100, scale, isPercent: true }
  }
  const parts = /^\s*(>=?)\s*([\d.]+)\s*(%?)\s*$/.exec(written ?? '')
  if (parts === null) return anyRow
  return {
    ...decimalOf(parts[2] ?? '0'),
    comparison: parts[1] === '>=' ? '>=' : '>',
    isPercent: parts[3] === '%',
  }
}

/** A decimal number as it is written, exactly: `1.25` is 125 hundredths. */
export function decimalOf(text: string): Decimal {
  const [whole = '0', decimals = ''] = text.split('.')
  return { units: Number(whole + decimals), scale: decimals.length }
}
