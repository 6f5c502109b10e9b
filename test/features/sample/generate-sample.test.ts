import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generateSample } from '../../../src/main/features/sample/generate-sample.ts'
import { loadSampleSpec } from '../../../src/main/features/sample/load-sample-spec.ts'
import type { SampleSpec } from '../../../src/main/features/sample/sample-schema.ts'
import { peakOf } from '../../helpers/peak-of.ts'
import { benefits, filesIn, freshFolder, linesOf, projectOf, sampleOf, shops } from './sample-world.ts'

const spec = loadSampleSpec(benefits)
const whole = sampleOf(spec, 5000)

/** The sample file with no defects. */
const cleanSpec: SampleSpec = {
  ...spec,
  feeds: Object.fromEntries(Object.entries(spec.feeds).map(([name, feed]) => [name, { ...feed, defects: [] }])),
}

/** The sample file with one feed alone, and in it one kind of defect, or none. */
function onlyFeed(name: string, what: string): SampleSpec {
  const feed = spec.feeds[name]!
  return {
    ...spec,
    feeds: { [name]: { ...feed, defects: feed.defects.filter((defect) => defect.what === what) } },
    objects: {},
  }
}

/** How many lines of the two samples differ, in files of the same lines. */
function differentLines(one: ReadonlyMap<string, Buffer>, other: ReadonlyMap<string, Buffer>): number {
  expect([...one.keys()]).toEqual([...other.keys()])
  return [...one].reduce((count, [name, bytes]) => {
    const [left, right] = [linesOf(bytes), linesOf(other.get(name))]
    expect(left.length).toBe(right.length)
    return count + left.filter((line, index) => line !== right[index]).length
  }, 0)
}

describe('the sample of the benefits project', () => {
  test('is shipped: seed 7, 5,000 claims', () => {
    const shipped = filesIn(join(benefits, 'sample'))
    expect([...shipped.keys()].toSorted()).toEqual([...whole.keys()].toSorted())
    for (const [name, bytes] of whole) expect(shipped.get(name)?.equals(bytes), name).toBe(true)
  })

  test('another seed gives other bytes, the same seed the same', () => {
    expect(sampleOf(spec, 300, 3)).toEqual(sampleOf(spec, 300, 3))
    expect(sampleOf(spec, 300, 3).get('claims_2021-12-31.csv')).not.toEqual(
      sampleOf(spec, 300, 4).get('claims_2021-12-31.csv'),
    )
  })

  test('has as many records as asked for, and says so', () => {
    const out = freshFolder()
    const seen: (readonly [number, number])[] = []
    const { files } = generateSample({
      spec,
      rows: 12_345,
      seed: 1,
      out,
      progress: (written, total) => seen.push([written, total]),
    })
    const rowsOf = (start: string): number =>
      files.filter(({ path }) => path.startsWith(join(out, start))).reduce((sum, { rows }) => sum + rows, 0)
    expect([rowsOf('claims'), rowsOf('employees'), rowsOf('companies'), rowsOf('plans')]).toEqual([
      12_345, 1029, 50, 300,
    ])
    expect(linesOf(filesIn(out).get('companies.csv'))).toHaveLength(50 + 2)
    expect(seen).toEqual([
      [10_000, 13_724],
      [13_724, 13_724],
    ])
  })

  test('about 2% of its records are broken', () => {
    const broken = differentLines(whole, sampleOf(cleanSpec, 5000))
    const planned = Object.values(spec.feeds).reduce((sum, { defects }) => sum + defects.length, 0)
    expect(broken).toBeGreaterThanOrEqual(planned)
    expect(broken / 5557).toBeGreaterThan(0.015)
    expect(broken / 5557).toBeLessThan(0.03)
  })

  test.each(
    Object.entries(spec.feeds).flatMap(([feed, { defects }]) =>
      defects.map((defect) => [feed, defect.what, defect.rate] as const),
    ),
  )('%s: %s', (feed, what, rate) => {
    const broken = differentLines(sampleOf(onlyFeed(feed, what), 5000), sampleOf(onlyFeed(feed, ''), 5000))
    expect(broken).toBeGreaterThanOrEqual(1)
    expect(broken).toBeLessThanOrEqual(Math.ceil(rate * 5000) + 1)
  })

  test('is in every encoding, delimiter, line end and format', () => {
    expect(whole.get('employees_2022-12-27.csv')?.subarray(0, 3)).toEqual(Buffer.of(0xef, 0xbb, 0xbf))
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(whole.get('employees_2022-12-28.csv'))).toThrow(
      'not valid',
    )
    expect(linesOf(whole.get('employees_2022-12-28.csv'))[0]).toBe(
      'PERSON ID;FULL NAME;EMAIL;COMPANY EIN;START DATE;END DATE;NOTES;LAST UPDATED',
    )
    expect(whole.get('plans_2022-12-28.csv')?.subarray(0, 4)).toEqual(Buffer.of(0xff, 0xfe, 0x63, 0))
    expect(whole.get('claims_2022-12-27.csv')?.includes('CLAIM ID\tCOMPANY EIN')).toBe(true)
    expect(whole.get('claims_2022-12-30.csv')?.includes('\n')).toBe(false)
    expect(JSON.parse(whole.get('claims_2022-06-30.json')?.toString() ?? '')).toHaveLength(1450)
    expect(JSON.parse(whole.get('company_lookup.json')?.toString() ?? '')).toMatchObject({ 'acme.com': '11-1111111' })
    expect(
      Object.values(JSON.parse(whole.get('enrichment.json')?.toString() ?? '') as Record<string, unknown>).at(0),
    ).toEqual({
      industry: expect.any(String),
      revenue: expect.stringMatching(/^\d{3}M$/),
      headcount: expect.any(String),
    })
  })

  test('later deliveries bring updates and exact repetitions of earlier claims', () => {
    const earlier = new Map(
      ['claims_2021-07-07.csv', 'claims_2021-12-31.csv'].flatMap((name) =>
        linesOf(whole.get(name)).map((line) => [line.split(',')[0], line]),
      ),
    )
    const later = linesOf(whole.get('claims_2022-12-28.csv')).filter(
      (line) => earlier.has(line.split(',')[0]) && !line.startsWith('claim_id') && line !== '',
    )
    expect(later.some((line) => earlier.get(line.split(',')[0]) !== line)).toBe(true)
    expect(later.some((line) => earlier.get(line.split(',')[0]) === line)).toBe(true)
  })
})

test('another project has another sample, without any code', () => {
  const lines = linesOf(sampleOf(loadSampleSpec(projectOf(shops)), 4).get('orders.csv'))
  expect(lines[0]).toBe('number,shop,day,amount,note')
  expect(lines).toHaveLength(6)
  for (const line of lines.slice(1, -1))
    expect(line).toMatch(/^O000[1-4],S[1-3],\d{1,2}\/\d{1,2}\/2022,("\$\d,\d{3}\.\d\d"|\$\d+\.\d\d),(red|green|blue)?$/)
})

test('no rows are a mistake of the person who asks', () => {
  for (const rows of [0, -1, 1.5, Number.NaN])
    expect(() => generateSample({ spec, rows, seed: 7, out: freshFolder() })).toThrow(
      expect.objectContaining({ code: 'USAGE' }),
    )
})

test('memory does not grow with the rows', () => {
  const peak = (rows: number) => peakOf(join(import.meta.dirname, 'sample-peak.ts'), String(rows))
  expect(peak(160_000)).toBeLessThan(peak(40_000) * 1.25)
})
