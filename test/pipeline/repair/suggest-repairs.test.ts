import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsvLine } from '../../../src/main/pipeline/repair/parse-csv-line.ts'
import { keepsItsPromise, suggestFor, suggestForAll, suggestForLine, valid, type Cells } from './suggestion-world.ts'

type Case = readonly [field: string, text: string | null, expected: string, least: number]

function bestOf(source: string, field: string, text: string | null) {
  return suggestFor(source, { [field]: text }).find((suggestion) => suggestion.field === field)
}

/** The best suggestion for a cell in short, to be compared with `meant`. */
function answer(source: string, [field, text, , least]: Case) {
  const best = bestOf(source, field, text)
  return {
    raw: best?.raw_value,
    value: best?.new_value,
    isSureEnough: (best?.confidence ?? 0) >= least,
    isExplained: /^[A-Z0-9].*\.$/i.test(best?.reason ?? ''),
  }
}

const meant = ([, raw, value]: Case) => ({ raw, value, isSureEnough: true, isExplained: true })

const dates: readonly Case[] = [
  ['service_date', '31/01/2022', '2022-01-31', 0.9],
  ['service_date', '2022-13-01', '2022-01-13', 0.9],
  ['service_date', '13-01-2022', '2022-01-13', 0.9],
  ['service_date', '13.01.2022', '2022-01-13', 0.9],
  ['service_date', '03.04.2022', '2022-04-03', 0.6],
  ['service_date', '3-4-2022', '2022-03-04', 0.6],
  ['service_date', '2022-1-3', '2022-01-03', 0.9],
  ['service_date', '2022.03.04', '2022-03-04', 0.9],
  ['service_date', '03/04/22', '2022-03-04', 0.6],
  ['service_date', '25/12/21', '2021-12-25', 0.7],
  ['service_date', '31/01/98', '1998-01-31', 0.7],
  ['service_date', 'January 13, 2022', '2022-01-13', 0.9],
  ['service_date', '13 Jan 2022', '2022-01-13', 0.9],
  ['service_date', '13th of janury 2022', '2022-01-13', 0.9],
  ['service_date', 'Thu, 13-Sept-2021', '2021-09-13', 0.9],
  ['service_date', '4-Mar-22', '2022-03-04', 0.8],
  ['service_date', '2O22-O1-l3', '2022-01-13', 0.9],
  ['service_date', '20221301', '2022-01-13', 0.7],
  ['service_date', '13012022', '2022-01-13', 0.5],
  ['service_date', '44562', '2022-01-01', 0.6],
  ['service_date', '2022-02-30', '2022-02-28', 0.4],
  ['service_date', '13/01/2022 08:30', '2022-01-13', 0.9],
  ['last_updated', '13/01/2022 8:30 PM', '2022-01-13T20:30:00', 0.9],
  ['service_date', '2023-03-04', '2022-03-04', 0.5],
  ['service_date', '2202-03-04', '2022-03-04', 0.5],
  ['service_date', '2023-01-02', '2022-01-02', 0.5],
]

const amounts: readonly Case[] = [
  ['amount', '€ 1.234,56', '1234.56', 0.85],
  ['amount', 'USD 1,234.56', '1234.56', 0.9],
  ['amount', '120.50 US$', '120.50', 0.9],
  ['amount', '1 234.50', '1234.50', 0.9],
  ['amount', '12,5', '12.50', 0.8],
  ['amount', '1,23,456.00', '123456.00', 0.9],
  ['amount', '1O0.5O', '100.50', 0.8],
  ['amount', '1.234.567', '1234567.00', 0.8],
  ['amount', '120.505', '120.51', 0.35],
  ['amount', '120.', '120.00', 0.9],
  ['amount', '.5', '0.50', 0.9],
  ['amount', '~120.50', '120.50', 0.5],
  ['amount', '1.2E3', '1200.00', 0.6],
  ['amount', '120.50-', '120.50', 0.3],
  ['amount', '-(120.50)', '120.50', 0.3],
  ['amount', '-120.50', '120.50', 0.4],
  ['amount', '(1,200)', '1200.00', 0.4],
]

const names: readonly Case[] = [
  ['claim_type', 'Med', 'Medical', 0.9],
  ['claim_type', 'dent.', 'Dental', 0.9],
  ['claim_type', 'Vison', 'Vision', 0.9],
  ['claim_type', 'Mdeical', 'Medical', 0.9],
  ['claim_type', 'Dentals', 'Dental', 0.9],
  ['claim_type', 'Group Life Insurance', 'Life', 0.8],
  ['claim_type', 'LIFE!', 'Life', 0.9],
  ['claim_type', 'Dsblty', 'Disability', 0.5],
  ['claim_type', 'Disabilitee', 'Disability', 0.7],
]

const numbers: readonly Case[] = [
  ['company_ein', '11-11I11l1', '11-1111111', 0.95],
  ['company_ein', '1 1.1111111', '11-1111111', 0.95],
  ['company_ein', '11-111111', '11-1111111', 0.85],
  ['company_ein', '222-2222222', '22-2222222', 0.85],
  ['company_ein', '456123987x', '45-6123987', 0.95],
  ['company_ein', '4S-6123987', '45-6123987', 0.95],
  ['company_ein', '45-612398', '45-6123987', 0.85],
  ['company_ein', '12-345678', '12-3456789', 0.4],
]

describe('claims', () => {
  test.each(dates)('%s %s may be %s', (...one) => expect(answer('claims', one)).toEqual(meant(one)))
  test.each(amounts)('%s %s may be %s', (...one) => expect(answer('claims', one)).toEqual(meant(one)))
  test.each(names)('%s %s may be %s', (...one) => expect(answer('claims', one)).toEqual(meant(one)))
  test.each(numbers)('%s %s may be %s', (...one) => expect(answer('claims', one)).toEqual(meant(one)))

  test('several companies one digit away share the confidence', () => {
    const found = suggestFor('claims', { company_ein: '12-345678' })
    expect(found.map(({ new_value: value, confidence }) => [value, confidence])).toEqual([
      ['12-3456789', 0.43],
      ['12-3456798', 0.43],
    ])
  })

  test('the company of the person stands in for a missing one', () => {
    expect(suggestFor('claims', { company_ein: null, person_id: 'P7' })).toEqual([
      expect.objectContaining({ new_value: '45-6123987', kind: 'key', confidence: 0.85 }),
    ])
  })

  test.each([
    ['company_ein', '9'],
    ['service_date', 'soon'],
    ['service_date', '2022-99-99'],
    ['amount', 'much'],
    ['amount', '12abc34'],
    ['claim_type', 'Hearing'],
    ['claim_type', '?'],
    ['last_updated', 'x'],
    ['claim_id', null],
  ])('%s %s has no suggestion', (field, text) => expect(suggestFor('claims', { [field]: text })).toEqual([]))

  test('a valid record has none', () => expect(suggestFor('claims', {})).toEqual([]))
})

const addresses: readonly Case[] = [
  ['email', 'ann @acme.com', 'ann@acme.com', 0.9],
  ['email', 'ann@@acme.com', 'ann@acme.com', 0.9],
  ['email', 'ann@acme,com', 'ann@acme.com', 0.9],
  ['email', 'ann@acme..com', 'ann@acme.com', 0.85],
  ['email', 'ann@acmecom', 'ann@acme.com', 0.85],
  ['email', 'annacme.com', 'ann@acme.com', 0.8],
  ['email', 'Ann Bell <ann@acme.com>', 'ann@acme.com', 0.9],
  ['email', 'mailto:ann@acme.com.', 'ann@acme.com', 0.9],
  ['email', 'ann (at) acme (dot) com', 'ann@acme.com', 0.8],
  ['email', 'ann@gmial,com', 'ann@gmail.com', 0.7],
  ['email', 'ann@betawroks,org', 'ann@betaworks.org', 0.7],
  ['email', 'ann@unknowncom', 'ann@unknown.com', 0.5],
  ['email', 'ánn@acme.com', 'ann@acme.com', 0.6],
]

describe('employees', () => {
  test.each(addresses)('%s %s may be %s', (...one) => expect(answer('employees', one)).toEqual(meant(one)))

  test('a near miss of a known domain is mended where its company is missing', () => {
    const found = suggestFor('employees', { company_ein: null, email: 'ann@amce.com' })
    expect(found).toEqual([
      expect.objectContaining({ field: 'email', raw_value: 'ann@amce.com', new_value: 'ann@acme.com', kind: 'domain' }),
    ])
  })

  test('a broken EIN may be that of the e-mail, the surer where the digits say so too', () => {
    expect(bestOf('employees', 'company_ein', '9')).toMatchObject({ new_value: '11-1111111', confidence: 0.8 })
    expect(bestOf('employees', 'company_ein', '11-111111')).toMatchObject({ new_value: '11-1111111', confidence: 0.97 })
  })

  test('an end before the start may have day and month swapped, the wrong year, or be the start', () => {
    const found = suggestFor('employees', { start_date: '2021-02-01', end_date: '2021-01-05' })
    expect(found.map(({ field, new_value: value, confidence }) => [field, value, confidence])).toEqual([
      ['end_date', '2021-05-01', 0.5],
      ['start_date', '2021-01-02', 0.45],
      ['end_date', '2022-01-05', 0.4],
      ['start_date', '2021-01-05', 0.3],
      ['end_date', '2021-02-01', 0.3],
    ])
  })
})

test('carriers, head counts and domains', () => {
  expect(bestOf('plans', 'carrier_name', 'Aetnna')).toMatchObject({ new_value: 'Aetna', kind: 'accepted' })
  expect(bestOf('companies', 'employee_count', '1,200')).toMatchObject({ new_value: '1200', kind: 'amount' })
  expect(bestOf('companies', 'employee_count', '45 people')).toMatchObject({ new_value: '45' })
  expect(bestOf('companies', 'employee_count', '45.5')).toBeUndefined()
  expect(bestOf('company_lookup', 'domain', 'https://www.acme.com/about')).toMatchObject({ new_value: 'acme.com' })
})

test('a suggestion that would break another cell counts half', () => {
  const [found] = suggestFor('employees', { start_date: '2021-31-12', end_date: '2021-06-30' })
  expect(found).toMatchObject({ field: 'start_date', new_value: '2021-12-31', confidence: 0.45 })
})

describe('broken lines', () => {
  const claim = (amount: string, status = 'paid', type = 'Medical') =>
    `C1,11-1111111,P1,L1,2022-03-04,${amount},${type},${status},2022-03-05`

  test.each([
    ['a quote that is never closed', claim('1.00', '"paid'), [claim('1.00', '"paid"')]],
    ['an amount with its comma', claim('1,234.50'), [claim('"1,234.50"')]],
    ['a quote inside a quoted value', claim('1.00', '"all "paid" up"'), [claim('1.00', '"all ""paid"" up"')]],
    ['a comma with a space behind it', claim('1.00', 'paid, late'), [claim('1.00', '"paid, late"')]],
    ['empty cells too many', `${claim('1.00')},,`, [claim('1.00')]],
    ['text behind the quote', claim('"1.00"x'.replace('x', ' ')), [claim('1.00 ')]],
    ['another delimiter', claim('1.00').replaceAll(',', ';'), [claim('1.00')]],
  ])('%s', (_, line, expected) => {
    const values = suggestForLine('claims', line).map(({ new_value: value }) => value)
    expect(values).toEqual(expect.arrayContaining(expected))
    expect(expected).toContain(values[0])
  })

  test('the only place that makes the amount an amount is sure', () => {
    const [found, ...others] = suggestForLine('claims', claim('1,234.50'))
    expect(found).toMatchObject({ field: 'row', raw_value: claim('1,234.50'), kind: 'quote', confidence: 0.9 })
    expect(others).toEqual([])
  })

  test('a missing cell leaves a record with as many cells as its header', () => {
    const [found] = suggestForLine('claims', claim('1.00').replace(',2022-03-05', ''))
    expect(found?.new_value).toBe(claim('1.00').replace('2022-03-05', ''))
  })

  test('every suggested line has as many cells as its header', () => {
    const piece = fc.constantFrom('"', ',', ', ', 'x', '1,200.50', '""', ';')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(70), piece), { minLength: 1, maxLength: 4 }), (inserts) => {
        let line = claim('120.50')
        for (const [at, text] of inserts) line = line.slice(0, at) + text + line.slice(at)
        if (parseCsvLine(line, ',')?.length === 9) return
        for (const { new_value: value, confidence } of suggestForLine('claims', line)) {
          expect(parseCsvLine(value, ',')).toHaveLength(9)
          expect(confidence).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 200 },
    )
  })
})

const textOf = (examples: readonly (string | null)[]) =>
  fc.oneof(
    fc.constantFrom(...examples),
    fc
      .tuple(
        fc.constantFrom(...examples.filter((text) => text !== null)),
        fc.nat(12),
        fc.constantFrom('', 'O', '.', ',', '-', ' ', '3', '@'),
      )
      .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1)),
  )

const brokenRecord: fc.Arbitrary<{ readonly source: string; readonly changed: Cells }> = fc.oneof(
  fc.record({
    source: fc.constant('claims'),
    changed: fc.record(
      {
        service_date: textOf([...dates.map(([, text]) => text), null]),
        amount: textOf([...amounts.map(([, text]) => text), null]),
        claim_type: textOf([...names.map(([, text]) => text), null]),
        company_ein: textOf([...numbers.map(([, text]) => text), null]),
        person_id: fc.constantFrom('P1', 'P7', null),
        last_updated: textOf(['2022-03-05 10:00', '13/01/2022 10:00']),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    source: fc.constant('employees'),
    changed: fc.record(
      {
        email: textOf([...addresses.map(([, text]) => text), 'ann@amce.com', null]),
        company_ein: textOf([...numbers.map(([, text]) => text), null]),
        start_date: textOf([...dates.map(([, text]) => text), null]),
        end_date: textOf([...dates.map(([, text]) => text), '2019-05-03', null]),
      },
      { requiredKeys: [] },
    ),
  }),
)

test('every suggestion removes the finding that it is for, and a field has five at most', () => {
  fc.assert(
    fc.property(brokenRecord, ({ source, changed }) => {
      const suggestions = suggestFor(source, changed)
      for (const suggestion of suggestions) {
        expect(keepsItsPromise(source, changed, suggestion), JSON.stringify(suggestion)).toBe(true)
        expect(suggestion.raw_value).toBe({ ...valid[source], ...changed }[suggestion.field])
        expect(suggestion.confidence).toBeGreaterThan(0)
        expect(suggestion.confidence).toBeLessThan(1)
      }
      const confidences = suggestions.map(({ confidence }) => confidence)
      expect(confidences).toEqual(confidences.toSorted((one, other) => other - one))
      for (const same of Map.groupBy(suggestions, ({ field }) => field).values()) expect(same.length).toBeLessThan(6)
    }),
    { numRuns: 1000 },
  )
})

test('what was suggested for one record makes no difference to the next', () => {
  const emails = addresses.map(([, email]) => ({ email, company_ein: null }))
  const changes = [...emails, { email: 'ann@amce.com', company_ein: null }, ...emails.toReversed()]
  expect(suggestForAll('employees', changes)).toEqual(changes.map((changed) => suggestFor('employees', changed)))
})
