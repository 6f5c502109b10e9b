import type { MetricScale } from '../../../src/main/pipeline/drift/metric-scale.ts'

/** A metric of a feed that is as it should be: what it measures on each day. */
export interface SimulatedMetric {
  readonly kind: string
  readonly scale: MetricScale
  readonly floor: number
  readonly values: readonly number[]
}

/** Numbers that only the seed decides. */
export interface Draws {
  uniform(): number
  normal(): number
  poisson(mean: number): number
  laplace(): number
}

/** Draws of a seed (mulberry32). */
export function drawsOf(seed: number): Draws {
  let state = seed >>> 0
  function uniform(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  function poisson(mean: number): number {
    if (mean > 200) return Math.round(mean + Math.sqrt(mean) * normal())
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = uniform(); product > limit; product *= uniform()) count += 1
    return count
  }
  const laplace = () => (uniform() < 0.5 ? -1 : 1) * -Math.log(1 - uniform())
  return { uniform, normal, poisson, laplace }
}

const weekdays = [0.35, 1, 1.1, 1.05, 1, 0.9, 0.4]
type Kind = Omit<SimulatedMetric, 'values'> & {
  readonly count: number
  readonly make: (draws: Draws) => (index: number) => number
}

const kinds: readonly Kind[] = [
  {
    kind: 'rows by weekday, growing',
    count: 40,
    scale: 'ratio',
    floor: 0.02,
    make:
      ({ normal }) =>
      (index) =>
        Math.round(10_000 * (weekdays[index % 7] ?? 1) * 1.25 ** (index / 365) * (1 + 0.05 * normal())),
  },
  {
    kind: 'mean amount',
    count: 25,
    scale: 'ratio',
    floor: 0.02,
    make:
      ({ normal }) =>
      () =>
        120 * (1 + 0.03 * normal()),
  },
  {
    kind: 'trending mean',
    count: 15,
    scale: 'ratio',
    floor: 0.02,
    make: ({ normal, uniform }) => {
      const growth = 0.003 * (uniform() - 0.3)
      return (index) => 80 * Math.exp(growth * index) * (1 + 0.015 * normal())
    },
  },
  {
    kind: 'table that accumulates',
    count: 10,
    scale: 'ratio',
    floor: 0.02,
    make: ({ normal }) => {
      let rows = 5_000
      return () => (rows += Math.round(1_000 * (1 + 0.05 * normal())))
    },
  },
  {
    kind: 'mean of skewed amounts',
    count: 8,
    scale: 'ratio',
    floor: 0.05,
    make:
      ({ normal }) =>
      () => {
        let sum = 0
        for (let row = 0; row < 100; row += 1) sum += Math.exp(normal())
        return sum / 100
      },
  },
  {
    kind: 'greatest amount',
    count: 5,
    scale: 'ratio',
    floor: 0.2,
    // The greatest of 500 log-normal amounts, by the limit that greatest values have.
    make:
      ({ uniform }) =>
      () =>
        20_000 * Math.exp(-0.28 * Math.log(-Math.log(1 - uniform()))),
  },
  {
    kind: 'heavy tails on both sides',
    count: 5,
    scale: 'ratio',
    floor: 0.02,
    make:
      ({ laplace }) =>
      () =>
        500 * Math.exp(0.03 * laplace()),
  },
  {
    kind: 'small null share',
    count: 17,
    scale: 'share',
    floor: 0.005,
    make: ({ poisson, uniform }) => {
      const share = 0.0005 + 0.02 * uniform()
      return () => poisson(2_000 * share) / 2_000
    },
  },
  {
    kind: 'share of a value',
    count: 8,
    scale: 'share',
    floor: 0.01,
    make:
      ({ normal }) =>
      () =>
        0.2 + 0.01 * normal(),
  },
  { kind: 'constant', count: 7, scale: 'difference', floor: 0.5, make: () => () => 30 },
  {
    kind: 'nearly constant',
    count: 3,
    scale: 'difference',
    floor: 1,
    make:
      ({ uniform }) =>
      () =>
        30 + (uniform() < 0.1 ? 1 : 0) - (uniform() < 0.05 ? 1 : 0),
  },
  {
    kind: 'rows of a small company',
    count: 4,
    scale: 'ratio',
    floor: 0.1,
    make: ({ poisson, uniform }) => {
      const mean = 3 + 60 * uniform()
      return () => poisson(mean)
    },
  },
  {
    kind: 'wandering mean',
    count: 3,
    scale: 'ratio',
    floor: 0.02,
    make: ({ normal }) => {
      let level = Math.log(50)
      return () => Math.exp((level += 0.01 * normal()))
    },
  },
]

/** 150 metrics of feeds that are as they should be: by weekday, trending, constant, heavy-tailed, small, over so many days. */
export function simulateMetrics(seed: number, days: number): readonly SimulatedMetric[] {
  const draws = drawsOf(seed)
  return kinds.flatMap(({ count, make, ...metric }) =>
    Array.from({ length: count }, () => {
      const valueOn = make(draws)
      return { ...metric, values: Array.from({ length: days }, (_, index) => valueOn(index)) }
    }),
  )
}
