/** Maps values onto pixels. */
export interface Scale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  at(value: number): number
}

/** A scale whose ends and ticks are round numbers, from `start` to `end` in pixels. */
export function niceScale(low: number, high: number, start: number, end: number, wantedTicks = 4): Scale {
  const span = high - low || Math.abs(high) || 1
  const step = niceStep(span / wantedTicks)
  const from = Math.floor((high === low ? low - span / 2 : low) / step) * step
  const to = Math.ceil((high === low ? high + span / 2 : high) / step) * step
  const count = Math.round((to - from) / step)
  return {
    low: from,
    high: to,
    ticks: Array.from({ length: count + 1 }, (_unused, index) => rounded(from + index * step)),
    at: (value) => start + ((value - from) / (to - from)) * (end - start),
  }
}

/** The next round number above: 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough * 0.999_999) ?? 10
  return factor * power
}

/** Without the dust that adding steps leaves behind. */
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
