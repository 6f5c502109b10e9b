import type { Band } from './learn-band.ts'

/** How unusual a value is: 0 where it was expected, 1 at the edge of the band, more than 1 outside. */
export function unusualness(band: Pick<Band, 'low' | 'high' | 'expected'>, value: number): number {
  const off = Math.abs(value - band.expected)
  if (off === 0) return 0
  return off / (value < band.expected ? band.expected - band.low : band.high - band.expected)
}

/** Whether a value lies above what was expected (1), below (-1) or on it (0). */
export function directionOf(band: Pick<Band, 'expected'>, value: number): -1 | 0 | 1 {
  if (value === band.expected) return 0
  return value > band.expected ? 1 : -1
}
