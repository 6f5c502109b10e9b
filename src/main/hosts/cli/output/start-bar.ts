import { SingleBar } from 'cli-progress'
import { barStyle } from './bar-style.ts'
import { count } from './numbers.ts'

/** A single bar on stderr, for work that never lets other code run meanwhile; nothing where stderr is no terminal. */
export function startBar(unit: string): { show(done: number, total: number): void; stop(): void } {
  if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined }
  const bar = new SingleBar({ ...barStyle, format: ' {bar} {percentage}%  {detail}' })
  bar.start(1, 0, { detail: '' })
  return {
    show(done, total) {
      bar.setTotal(total)
      bar.update(done, { detail: `${count(done)} of ${count(total)} ${unit}` })
    },
    stop: () => bar.stop(),
  }
}
