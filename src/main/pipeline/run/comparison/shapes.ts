import type { Band } from '../../drift/learn-band.ts'
import type { Layer } from '../relation/relation-shapes.ts'
import type { MetricKey } from './metric-key.ts'
import type { MetricUnit } from './metric-kinds.ts'
import type { RunLabel } from './read-labels.ts'

/** alarm: outside of what history lets expect; notable: large, with too little history to tell; usual: neither. */
export type Level = 'alarm' | 'notable' | 'usual'

/** A metric of which two runs have other values. */
export interface Difference extends MetricKey {
  readonly layer: Layer
  readonly unit: MetricUnit
  readonly before: number | null
  readonly after: number | null
  /** How large, whatever the number of rows: 1 is worth a look. */
  readonly effect: number
  readonly direction: 'up' | 'down' | 'other'
  /** 0 as expected, 1 at the edge of the band; null where history is too short. */
  readonly unusual: number | null
  readonly level: Level
  readonly band: Band | null
  readonly sentence: string
  readonly label: RunLabel | null
}

/** Two runs, and the one whose rows the later one's metrics were brought forward from. */
export interface RunPair {
  readonly a: number
  readonly b: number
  readonly asOfA: number
  readonly asOfB: number
}
