import { leastHistory } from '../src/main/pipeline/drift/least-history.ts'
import type { CompanyCounts } from '../src/main/pipeline/gate/company-counts.ts'
import type { CompanyHistory } from '../src/main/pipeline/gate/company-history.ts'
import { judgeCompanies } from '../src/main/pipeline/gate/companies-gate.ts'
import { mostHistory } from '../src/main/pipeline/gate/volume-band.ts'

const firstDay = 19_000
const weekdays = [0.35, 1, 1.1, 1.05, 1, 0.9, 0.4]

/** How the companies of a simulated feed deliver. */
export interface CompanyFeed {
  readonly companies: number
  readonly days: number
  /** daily: rows of the day, with weekdays, growth, chance and each company's own noise; whole: all that it has, nearly the same every day. */
  readonly kind: 'daily' | 'whole'
  draw(): number
}

const breaks = { 'half-empty': 0.5, doubled: 2, missing: 0 } as const
type Break = keyof typeof breaks

/** What the gate said on simulated days. */
export interface CompanyDays {
  /** Companies held on days that were as usual. */
  readonly falseHolds: number
  readonly judged: number
  /** Of companies that were broken one at a time, how many were held: by what broke and by how many rows were expected. */
  readonly caught: ReadonlyMap<string, { readonly held: number; readonly of: number }>
}

/** Lives through days on which all companies are as usual, and asks on each what the gate would say if one of them were broken. */
export function liveThroughCompanyDays({ companies, days, kind, draw }: CompanyFeed): CompanyDays {
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  const people = Array.from({ length: companies }, (_, index) => ({
    name: `company ${index}`,
    usual: Math.min(5_000, 60 * Math.exp(1.2 * normal())),
    noise: 0.02 + 0.13 * draw() ** 2,
  }))
  const rowsOn = (day: number) => (company: (typeof people)[number]) =>
    kind === 'whole'
      ? Math.max(0, Math.round(company.usual * (1 + 0.0008 * day) + normal()))
      : chance(
          company.usual *
            (weekdays[day % 7] ?? 1) *
            1.25 ** (day / 365) *
            Math.exp(company.noise * normal() - company.noise ** 2 / 2),
          draw,
          normal,
        )
  const past: { readonly day: number; readonly rows: ReadonlyMap<string, number> }[] = []
  const caught = new Map<string, { held: number; of: number }>()
  let [falseHolds, judged] = [0, 0]
  for (let day = 0; day < days + leastHistory; day += 1) {
    const history = historyOf(past.slice(-mostHistory))
    const rows = new Map(people.map((company) => [company.name, rowsOn(day)(company)]))
    const verdictOn = (delivered: ReadonlyMap<string, number>, watched: string) => {
      const counts: CompanyCounts = new Map([...delivered].map(([name, sound]) => [name, { sound, heldBack: 0 }]))
      return judgeCompanies({ ...emptyDelivery, companies: counts }, history, firstDay + day, new Set([watched]))
    }
    const clean = verdictOn(rows, '')
    falseHolds += clean.told.length
    judged += clean.judged
    for (const [what, factor] of Object.entries(breaks) as [Break, number][]) {
      const broken = people[Math.floor(draw() * companies)]
      if (broken === undefined || day < leastHistory) continue
      const own = Math.round((rows.get(broken.name) ?? 0) * factor)
      const verdict = verdictOn(new Map([...rows, [broken.name, own]]), broken.name)
      const told = verdict.told.find(({ company }) => company === broken.name)
      if (told === undefined) continue
      const group = `${what}, ${sizeOf(told.expected)} rows`
      const counted = caught.get(group) ?? { held: 0, of: 0 }
      caught.set(group, { held: counted.held + (told.status === 'held' ? 1 : 0), of: counted.of + 1 })
    }
    past.push({ day: firstDay + day, rows })
  }
  return { falseHolds, judged, caught }
}

/** A delivery of which nothing but its companies matters. */
export const emptyDelivery = {
  source: 'claims',
  fingerprint: '',
  rows: 0,
  sound: 0,
  files: 1,
  newestFile: { name: 'claims.csv', writtenAt: 0 },
  newest: null,
  keys: { hashes: new Float64Array(), contents: new Float64Array() },
  contents: { hashes: new Float64Array(), contents: new Float64Array() },
  columns: [],
}

function historyOf(
  past: readonly { readonly day: number; readonly rows: ReadonlyMap<string, number> }[],
): CompanyHistory {
  const names = [...(past[0]?.rows.keys() ?? [])]
  return {
    runs: past.map((_, index) => index + 1),
    days: past.map(({ day }) => day),
    rows: new Map(names.map((name) => [name, Float64Array.from(past, ({ rows }) => rows.get(name) ?? 0)])),
    owed: new Map(),
  }
}

function sizeOf(expected: number): string {
  if (expected < 50) return '20 to 50'
  if (expected < 100) return '50 to 100'
  return expected < 200 ? '100 to 200' : '200 and more'
}

/** So many events where `mean` are usual (Knuth for few, normal for many). */
function chance(mean: number, draw: () => number, normal: () => number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = draw(); product > limit; product *= draw()) count += 1
  return count
}
