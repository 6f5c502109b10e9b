import { MultiBar } from 'cli-progress'
import type { SingleBar } from 'cli-progress'
import type { RunProgress } from '#features/runs'
import { barStyle } from './bar-style.ts'
import { count, size } from './numbers.ts'
import { printable } from './printable.ts'

const refreshMilliseconds = 150
const nameWidth = 24

/** Shows a running run on stderr until the returned function is called; nothing where stderr is no terminal. */
export function showProgress(current: () => RunProgress | null): () => void {
  if (!process.stderr.isTTY) return () => {}
  const screen = new MultiBar({ ...barStyle, format: ' {name} {bar} {percentage}%  {detail}' })
  const bars = new Map<string, SingleBar>()
  const draw = () => {
    const progress = current()
    for (const line of progress === null ? [] : progressLines(progress)) {
      const payload = { name: line.name.slice(0, nameWidth).padEnd(nameWidth), detail: line.detail }
      const bar = bars.get(line.name) ?? screen.create(line.total, line.value, payload)
      bars.set(line.name, bar)
      bar.setTotal(line.total)
      bar.update(line.value, payload)
    }
  }
  const timer = setInterval(draw, refreshMilliseconds)
  return () => {
    clearInterval(timer)
    screen.stop()
  }
}

interface ProgressLine {
  readonly name: string
  readonly value: number
  readonly total: number
  readonly detail: string
}

/** A line for each source that is read, by bytes, and one for all models. */
function progressLines(progress: RunProgress): readonly ProgressLine[] {
  const done = progress.models.filter(({ state }) => ['done', 'skipped', 'resumed'].includes(state)).length
  const building = progress.models.find(({ state }) => state === 'running')
  // A replay reads no files.
  const read = progress.sources.filter((source) => source.bytes_total > 0)
  return [
    ...read.map((source) => ({
      name: printable(source.name),
      value: source.bytes_read,
      total: source.bytes_total,
      detail: [
        `${size(source.bytes_read)} of ${size(source.bytes_total)}`,
        `${count(source.rows_read)} rows`,
        ...(source.state === 'running' ? [`${count(Math.round(progress.rows_per_second))} rows/s`] : []),
      ].join(', '),
    })),
    {
      name: 'models',
      value: done,
      total: progress.models.length,
      detail: building ? printable(building.name) : progress.stage,
    },
  ]
}
