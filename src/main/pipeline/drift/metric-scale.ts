import { median } from './robust.ts'

/** How values of a metric compare: by their ratio, as shares of a whole, or by their difference. */
export type MetricScale = 'ratio' | 'share' | 'difference'

/** A scale as levels that differ alike everywhere, and the way back. */
export interface LevelScale {
  levelOf(value: number): number
  valueOf(level: number): number
  /** The values that lie a width of levels below and above an expected one. */
  edgesOf(level: number, width: number): readonly [low: number, high: number]
  /** Values beyond these cannot be. */
  readonly limits: readonly [low: number, high: number]
  /** The least difference that matters, around an expected value, in its own unit. */
  floorAt(expected: number): number
  /** What most metrics vary by, in levels: of a short history better than what it shows itself. */
  readonly usualDeviation: number
}

/** Below it a count is a handful, and a ratio of two says little. */
const handful = 20
const usualRatio = 0.05
const usualAngle = 0.02
const positive = [0, Number.POSITIVE_INFINITY] as const

/** The levels in which a metric is judged. Ratios need positive values: where some are not, or are a handful, differences count instead. */
export function levelScale(scale: MetricScale, values: readonly number[], floor: number): LevelScale {
  const middle = median(values)
  if (scale === 'share') return shares(floor)
  if (scale === 'difference') return differences(middle, () => floor)
  const isHandful = Math.abs(middle) < handful && values.every(Number.isInteger)
  if (!isHandful && values.every((value) => value > 0)) return ratios(floor)
  const byDifference = differences(middle, (expected) => floor * Math.abs(expected))
  if (values.some((value) => value < 0)) return byDifference
  return { ...byDifference, limits: positive }
}

function ratios(floor: number): LevelScale {
  return {
    levelOf: Math.log,
    valueOf: Math.exp,
    // Downwards as far as a normal or a log-normal metric may go, whichever is further; zero is never usual where it never was.
    edgesOf: (level, width) => [
      Math.exp(level) * Math.max(Math.exp(-2 * width), 1 - width),
      Math.exp(level) * Math.exp(width),
    ],
    limits: positive,
    floorAt: (expected) => floor * expected,
    usualDeviation: usualRatio,
  }
}

/** Shares vary alike everywhere as the arcsine of their root (Bartlett 1947). */
function shares(floor: number): LevelScale {
  const bounded = (level: number) => Math.min(Math.max(level, 0), Math.PI / 2)
  const valueOf = (level: number) => Math.sin(bounded(level)) ** 2
  return {
    levelOf: (value) => Math.asin(Math.sqrt(Math.min(Math.max(value, 0), 1))),
    valueOf,
    edgesOf: (level, width) => [valueOf(level - width), valueOf(level + width)],
    limits: [0, 1],
    floorAt: () => floor,
    usualDeviation: usualAngle,
  }
}

function differences(middle: number, floorAt: (expected: number) => number): LevelScale {
  return {
    levelOf: (value) => value,
    valueOf: (level) => level,
    edgesOf: (level, width) => [level - width, level + width],
    limits: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    floorAt,
    usualDeviation: usualRatio * Math.abs(middle),
  }
}
