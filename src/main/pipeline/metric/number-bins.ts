import type { ColumnType } from '../../kernel/column-type.ts'

/**
 * Bins that stay fixed for ever, so that the histograms of any two runs can be laid over each other. Numbers: each whole number up to 64,
 * beyond that 32 bins for each doubling, so that a value is known to 3 % (the bins of HdrHistogram, http://hdrhistogram.org). Days and
 * instants: weeks that begin on Monday.
 */
export type BinOf = (value: number) => number

const perDoubling = 32
const exactUpTo = 64
const millisecondsPerDay = 86_400_000
/** 1970-01-01 was a Thursday. */
const mondayOffset = 3

/** The bin of a value of a column of this type. */
export function binner(type: ColumnType): BinOf {
  if (type === 'date') return weekOf
  if (type === 'timestamp') return (value) => weekOf(Math.floor(value / millisecondsPerDay))
  return numberBin
}

/** The first value of a bin of this type's columns; the bin ends before the first value of the next one. */
export function binStart(type: ColumnType, bin: number): number {
  if (type === 'date') return bin * 7 - mondayOffset
  if (type === 'timestamp') return (bin * 7 - mondayOffset) * millisecondsPerDay
  if (bin >= 0) return magnitudeStart(bin)
  // Below zero bins mirror those above: -n holds what is over -(start of n + 1) up to -(start of n).
  return -magnitudeStart(-bin + 1) + 1
}

function weekOf(day: number): number {
  return Math.floor((day + mondayOffset) / 7)
}

function numberBin(value: number): number {
  return value < 0 ? -magnitudeBin(-value) : magnitudeBin(value)
}

function magnitudeBin(value: number): number {
  if (value < exactUpTo) return Math.floor(value)
  // clz32 is many times quicker than a logarithm, and right at the powers of two.
  if (value < 2 ** 31) {
    const whole = Math.floor(value)
    const doubling = 31 - Math.clz32(whole)
    return (doubling - 4) * perDoubling + ((whole >> (doubling - 5)) - perDoubling)
  }
  const doubling = Math.floor(Math.log2(value))
  return (doubling - 4) * perDoubling + (Math.floor(value / 2 ** (doubling - 5)) - perDoubling)
}

function magnitudeStart(bin: number): number {
  if (bin < exactUpTo) return bin
  const doubling = Math.floor(bin / perDoubling) + 4
  return (perDoubling + (bin % perDoubling)) * 2 ** (doubling - 5)
}
