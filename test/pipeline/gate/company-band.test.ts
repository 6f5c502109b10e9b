import { describe, expect, test } from 'vitest'
import { judgeCompanies } from '../../../src/main/pipeline/gate/companies-gate.ts'
import type { CompanyHistory } from '../../../src/main/pipeline/gate/company-history.ts'

const monday = 19_002

/** A history of so many days, by company and day. */
function historyOf(companies: number, days: number, rowsOf: (company: number, day: number) => number): CompanyHistory {
  const all = Array.from({ length: days }, (_, day) => day)
  return {
    runs: all.map((day) => day + 1),
    days: all.map((day) => monday + day),
    rows: new Map(
      Array.from({ length: companies }, (_, company) => [
        `c${company}`,
        Float64Array.from(all, (day) => rowsOf(company, day)),
      ]),
    ),
    owed: new Map(),
  }
}

/** What is said of a day on which companies deliver so many rows, and the others what they did a week before. */
function judge(history: CompanyHistory, now: Readonly<Record<string, number>>, watched: readonly string[] = []) {
  const last = history.runs.length
  const sound = (company: string) => now[company] ?? history.rows.get(company)?.[last - 7] ?? 0
  const companies = new Map([...history.rows.keys()].map((name) => [name, { sound: sound(name), heldBack: 0 }]))
  const sketch = { hashes: new Float64Array(), contents: new Float64Array() }
  const delivery = {
    source: 'sales',
    fingerprint: '',
    rows: 0,
    sound: 0,
    files: 1,
    newestFile: { name: 'sales.csv', writtenAt: 0 },
    newest: null,
    keys: sketch,
    contents: sketch,
    columns: [],
    companies,
  }
  const { judged, told } = judgeCompanies(delivery, history, monday + last, new Set(watched))
  return { judged, told: Object.fromEntries(told.map(({ company, status }) => [company, status])), verdicts: told }
}

const wave = (company: number, day: number) => ((company * 7 + day * 5) % 9) - 4

describe('a company is judged by its own deliveries', () => {
  const calm = historyOf(20, 20, (company, day) => 60 + company * 10 + wave(company, day))

  test('half of its rows, twice as many and none are held, what varies as usual is not', () => {
    expect(judge(calm, {})).toMatchObject({ judged: 20, told: {} })
    expect(judge(calm, { c3: 45, c5: 220, c7: 0 }).told).toEqual({ c3: 'held', c5: 'held', c7: 'held' })
    expect(judge(calm, { c3: 75, c5: 140 }, ['c3']).told).toEqual({ c3: 'pass' })
    const [verdict] = judge(calm, { c3: 45 }).verdicts
    expect(verdict).toMatchObject({ value: 45, gate: 'volume', learnedFrom: calm.runs })
    expect(verdict?.expected).toBeCloseTo(90, -1)
    expect(verdict?.low).toBeGreaterThan(45)
  })

  test('nothing is said of companies that came less than eight times, or have under twenty rows', () => {
    expect(
      judge(
        historyOf(20, 7, () => 100),
        { c1: 0 },
      ),
    ).toMatchObject({ judged: 0, told: {} })
    expect(
      judge(
        historyOf(20, 20, (company) => (company === 1 ? 15 : 100)),
        { c1: 0 },
      ),
    ).toMatchObject({ judged: 19, told: {} })
    const young = historyOf(20, 20, (company, day) => (company === 1 && day < 13 ? Number.NaN : 100))
    expect(judge(young, { c1: 0 })).toMatchObject({ judged: 19, told: {} })
    expect(judge(calm, { unknown: 500 }).told).toEqual({})
  })

  test('a day on which all have less is no matter of one company', () => {
    const weekly = historyOf(20, 30, (company, day) =>
      Math.round((60 + company * 10 + wave(company, day)) * (day % 7 === 5 ? 0.3 : 1)),
    )
    const holiday = Object.fromEntries(
      [...weekly.rows].map(([name, rows]) => [name, Math.round((rows.at(-1) ?? 0) / 4)]),
    )
    expect(judge(weekly, holiday).told).toEqual({})
    expect(judge(weekly, { ...holiday, c19: 0 }).told).toEqual({ c19: 'held' })
    // So few rows are to be expected that nobody can tell; the company that was held is not let go for it.
    expect(judge(weekly, { ...holiday, c0: 0 }, ['c0']).told).toEqual({})
  })

  test('a company that does not come every time, or comes in batches, has that as its usual', () => {
    const odd = historyOf(20, 40, (company, day) => {
      if (company === 1) return day % 3 === 0 ? 90 : 0
      if (company === 2) return day % 10 === 0 ? 500 : 40
      return 100 + wave(company, day)
    })
    expect(judge(odd, { c1: 0, c2: 500 }).told).toEqual({})
    expect(judge(odd, { c1: 90, c2: 40 }).told).toEqual({})
  })

  test('a company with weekdays of its own is judged by them once it has come on eight', () => {
    const own = historyOf(
      20,
      70,
      (company, day) => (company === 1 ? (day % 7 === 0 ? 300 : 30) : 100) + wave(company, day),
    )
    expect(judge(own, { c1: 120 }).told).toEqual({ c1: 'held' })
    expect(judge(own, { c1: 295 }).told).toEqual({})
  })

  test('what it lacked while it was held may come with the next delivery', () => {
    const mended = { ...calm, owed: new Map([['c3', 90]]) }
    expect(judge(calm, { c3: 180 }).told).toEqual({ c3: 'held' })
    expect(judge(mended, { c3: 180 }).told).toEqual({})
    expect(judge(mended, { c3: 360 }).told).toEqual({ c3: 'held' })
  })
})
