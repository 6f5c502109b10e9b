import type { RunProgress } from '#features/runs'

export interface OverlongModel {
  readonly model: string
  readonly seconds: number
}

/**
 * Watches how long each model of a run is built, from outside: the process that builds it is in the middle of a statement and can do
 * nothing else. `stop` is called once, when one takes longer than its progress allows.
 */
export function watchModelTimes(stop: (overlong: OverlongModel) => void) {
  let watched: string | null = null
  let timer: NodeJS.Timeout | undefined

  function rest(): void {
    clearTimeout(timer)
    watched = null
  }

  return {
    hear({ models }: RunProgress): void {
      const running = models.find(({ state }) => state === 'running')
      if (running === undefined) return rest()
      if (running.name === watched) return
      rest()
      watched = running.name
      const seconds = running.max_seconds
      // A timer holds 24 days at the most.
      if (seconds === undefined || seconds > 2_000_000) return
      timer = setTimeout(() => stop({ model: running.name, seconds }), seconds * 1000)
    },
    rest,
  }
}

export type ModelTimes = ReturnType<typeof watchModelTimes>
