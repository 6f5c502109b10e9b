import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterValues } from '../../../src/main/pipeline/repair/cluster-values.ts'
import { editDistance, typingDistance } from '../../../src/main/pipeline/repair/edit-distance.ts'
import { fingerprint, ngramFingerprint } from '../../../src/main/pipeline/repair/fingerprint.ts'

const counted = (values: readonly string[]) => values.map((value) => ({ value, count: 1 }))
const namesOf = (clusters: ReturnType<typeof clusterValues>) =>
  clusters.map(({ values }) => values.map(({ value }) => value).toSorted())

// The examples of https://openrefine.org/docs/technical-reference/clustering-in-depth
describe('the examples of OpenRefine', () => {
  test('New York and new york, Gödel and Godel have one fingerprint', () => {
    expect(fingerprint('New York')).toBe(fingerprint('new york'))
    expect(fingerprint('Gödel')).toBe('godel')
    expect(fingerprint(' Cruise,  Tom\t')).toBe('cruise tom')
    expect(fingerprint('Tom Cruise, Tom')).toBe('cruise tom')
  })

  test('Paris is arispari by two letters and aiprs by one', () => {
    expect(ngramFingerprint('Paris', 2)).toBe('arispari')
    expect(ngramFingerprint('Paris', 1)).toBe('aiprs')
  })

  test('Krzysztof, Kryzysztof and Krzystof share only the letters that they are made of', () => {
    const names = counted(['Krzysztof', 'Kryzysztof', 'Krzystof'])
    expect(clusterValues(names, 'fingerprint')).toEqual([])
    expect(clusterValues(names, 'ngram_fingerprint')).toEqual([])
    expect(namesOf(clusterValues(names, 'ngram_fingerprint', { n: 1 }))).toEqual([
      ['Kryzysztof', 'Krzystof', 'Krzysztof'],
    ])
  })

  test('the distances of Paris, New York and Al Pacino', () => {
    expect(editDistance('Paris', 'paris', 9)).toBe(1)
    expect(editDistance('New York', 'newyork', 9)).toBe(3)
    expect(editDistance('Al Pacino', 'Albert Pacino', 9)).toBe(4)
  })
})

test('punctuation, control characters and case make no difference, letters do', () => {
  const clusters = clusterValues(
    [
      { value: 'Acme, Inc.', count: 2 },
      { value: 'ACME INC', count: 5 },
      { value: 'inc acme', count: 1 },
      { value: 'Acme\u0000 Inc', count: 1 },
      { value: 'Acne Inc', count: 9 },
      { value: '...', count: 1 },
      { value: '!', count: 1 },
    ],
    'fingerprint',
  )
  expect(clusters).toEqual([
    {
      values: [
        { value: 'ACME INC', count: 5 },
        { value: 'Acme, Inc.', count: 2 },
        { value: 'inc acme', count: 1 },
        { value: 'Acme\u0000 Inc', count: 1 },
      ],
      suggested: 'ACME INC',
      rows: 9,
    },
  ])
})

test('of equally frequent values an accepted one is suggested, then the shortest', () => {
  const values = [
    { value: 'dental ', count: 1 },
    { value: 'DENTAL', count: 1 },
    { value: 'Dental.', count: 1 },
  ]
  expect(clusterValues(values, 'fingerprint')[0]?.suggested).toBe('DENTAL')
  expect(clusterValues(values, 'fingerprint', { accepted: ['Dental.'] })[0]?.suggested).toBe('Dental.')
})

test('near misses gather around the most frequent value, and a chain does not become one cluster', () => {
  const clusters = clusterValues(
    [
      { value: 'Medical', count: 90 },
      { value: 'Medcal', count: 3 },
      { value: 'Mediccal', count: 2 },
      { value: 'Dental', count: 50 },
      { value: 'Dentl', count: 1 },
      { value: 'Vision', count: 1 },
    ],
    'levenshtein',
  )
  expect(clusters.map(({ suggested, rows }) => [suggested, rows])).toEqual([
    ['Medical', 95],
    ['Dental', 51],
  ])
  expect(
    namesOf(clusterValues(counted(['aaaaaa', 'aaaaab', 'aaaabb', 'aaabbb']), 'levenshtein', { radius: 1 })),
  ).toEqual([
    ['aaaaaa', 'aaaaab'],
    ['aaaabb', 'aaabbb'],
  ])
})

test('a distance is never more than a plain reckoning says, nor less', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
  const plainly = (one: string, other: string, swaps: boolean): number => {
    if (one === '' || other === '') return one.length + other.length
    const ways = [
      plainly(one.slice(1), other, swaps) + 1,
      plainly(one, other.slice(1), swaps) + 1,
      plainly(one.slice(1), other.slice(1), swaps) + (one[0] === other[0] ? 0 : 1),
    ]
    if (swaps && one.length > 1 && one[0] === other[1] && one[1] === other[0])
      ways.push(plainly(one.slice(2), other.slice(2), swaps) + 1)
    return Math.min(...ways)
  }
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 4 }), (one, other, most) => {
      const shortened = [one.slice(0, 6), other.slice(0, 6)] as const
      for (const [measure, swaps] of [
        [editDistance, false],
        [typingDistance, true],
      ] as const) {
        const expected = plainly(...shortened, swaps)
        const measured = measure(...shortened, most)
        if (expected <= most) expect(measured).toBe(expected)
        else expect(measured).toBeGreaterThan(most)
      }
    }),
    { numRuns: 300 },
  )
})

test('clusters are the ones that comparing every value with every other finds', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (words, radius) => {
      const left = words.toSorted((one, other) => one.length - other.length || (one < other ? -1 : 1))
      const expected: string[][] = []
      while (left.length > 0) {
        const first = left[0] ?? ''
        const members = left.filter((other) => editDistance(first, other, radius) <= radius)
        for (const member of members) left.splice(left.indexOf(member), 1)
        if (members.length > 1) expected.push(members.toSorted())
      }
      const found = namesOf(clusterValues(counted(words), 'levenshtein', { radius }))
      expect(new Set(found.map(String))).toEqual(new Set(expected.map(String)))
    }),
    { numRuns: 300 },
  )
})

const letters = 'abcdefghijklmnopqrstuvwxyz'
/** The same numbers in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}
const roll = dice(7)
const randomWord = (length: number) => Array.from({ length }, () => letters[roll(26)] ?? '').join('')
const namesAndMisses = Array.from({ length: 10_000 }, () => {
  const name = `${randomWord(6 + roll(8))} ${randomWord(4 + roll(6))}`
  const at = roll(name.length)
  return [name, `${name.slice(0, at)}${letters[roll(26)] ?? ''}${name.slice(at + 1)}`]
}).flat()

// Comparing each with each is two hundred million distances, minutes of work: the test would not end in its time.
test.each([
  ['names with a near miss each', namesAndMisses, 2],
  ['numbers in a row', Array.from({ length: 20_000 }, (_, at) => `P${String(at).padStart(6, '0')}`), 2],
  ['long texts', namesAndMisses.map((name) => `${name}, of the county of ${name} and others`), 2],
  ['names, far apart', namesAndMisses, 5],
  ['numbers, far apart', Array.from({ length: 20_000 }, () => `EMP-${100_000 + roll(900_000)}`), 5],
] as const)(
  '20,000 %s are clustered without comparing each with each',
  (_, values, radius) => {
    const distinct = counted([...new Set(values)])
    expect(clusterValues(distinct, 'levenshtein', { radius }).length).toBeGreaterThan(0)
  },
  60_000,
)
