// How often the volume gate stops a day or a company that is as usual, and how many shocks it catches.
// npm run -s bench:gates [-- SEED]
import { leastHistory } from '../src/main/pipeline/drift/least-history.ts'
import { learnVolumeBand, type Volume } from '../src/main/pipeline/gate/volume-band.ts'
import { liveThroughCompanyDays } from './company-days.ts'
import { timeJudging } from './time-judging.ts'

const days = 200
const noise = 0.05
const shock = 0.3
const firstDay = 19_000
const weekdays = [0.35, 1, 1.1, 1.05, 1, 0.9, 0.4]

/** Numbers between 0 and 1 that only the seed decides (mulberry32). */
function drawsOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Deliveries day by day: a weekday pattern, growth of a quarter a year, normal noise. */
function simulate(seed: number): readonly Volume[] {
  const draw = drawsOf(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  return Array.from({ length: days + leastHistory }, (_, index) => {
    const usual = 10_000 * (weekdays[index % 7] ?? 1) * 1.25 ** (index / 365)
    return { day: firstDay + index, rows: Math.round(usual * (1 + noise * normal())), levelRatio: null }
  })
}

function judge(seed: number): { readonly falseStops: number; readonly caught: number; readonly shocks: number } {
  const history: Volume[] = []
  let [falseStops, caught, shocks] = [0, 0, 0]
  for (const [index, volume] of simulate(seed).entries()) {
    const band = learnVolumeBand(history, volume.day)
    const isOutside = (rows: number) => band !== null && (rows < band.low || rows > band.high)
    if (band !== null) {
      shocks += 1
      if (isOutside(volume.rows * (index % 2 === 0 ? 1 + shock : 1 - shock))) caught += 1
    }
    // A day that was held teaches nothing.
    if (isOutside(volume.rows)) falseStops += 1
    else history.push(volume)
  }
  return { falseStops, caught, shocks }
}

const seed = Number(process.argv[2] ?? 1)
const one = judge(seed)
const others = Array.from({ length: 100 }, (_, index) => judge(1_000 + index))
const share = ({ caught, shocks }: { readonly caught: number; readonly shocks: number }) => caught / shocks
const percent = (value: number) => `${(100 * value).toFixed(1)} %`
const atMostOne = others.filter(({ falseStops }) => falseStops <= 1).length
const enough = others.filter((result) => share(result) >= 0.95).length
const worst = Math.min(...others.map(share))
process.stdout.write(
  `seed ${seed}: ${days} days with weekdays, growth and ${percent(noise)} noise
false stops ${one.falseStops}
shocks of +-${percent(shock)} caught ${one.caught} of ${one.shocks} (${percent(share(one))})
100 other seeds: at most one false stop in ${atMostOne}, 95 % of the shocks caught in ${enough} (worst ${percent(worst)})
`,
)

const companies = 2_000
for (const kind of ['daily', 'whole'] as const) {
  const result = liveThroughCompanyDays({ companies, days, kind, draw: drawsOf(seed) })
  process.stdout.write(`
${companies} companies of a ${kind} feed, ${days} days: ${result.falseHolds} held that were as usual, of ${result.judged} judged
`)
  for (const [what, { held, of }] of [...result.caught].toSorted(([first], [second]) => (first < second ? -1 : 1)))
    process.stdout.write(`  ${what}: ${held} of ${of} caught (${percent(held / of)})\n`)
}
process.stdout.write(`\n${timeJudging(companies)}\n`)
