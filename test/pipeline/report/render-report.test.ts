import { expect, test } from 'vitest'
import type { ReportData } from '../../../src/main/pipeline/run/report/report-data.ts'
import { renderReport } from '../../../src/main/pipeline/run/report/render/render-report.ts'
import { escape } from '../../../src/main/pipeline/run/report/render/html.ts'

const attack = `<script>alert("1")</script><img src=x onerror='alert(2)'>&amp;\u202Egnp.exe\u0000`

/** A report in which every text is an attack. */
function hostileReport(): ReportData {
  const at = '2022-12-31T08:12:00.000Z'
  const bars = [
    { from: attack, to: null, before: 3, after: 1 },
    { from: '', to: null, before: 0, after: 2 },
  ]
  const difference = { place: attack, sentence: attack, level: 'alarm' } as const
  const points = [
    { run: 1, asOf: attack, value: 1, low: null, high: null },
    { run: 2, asOf: attack, value: 9, low: 0, high: 1e300 },
  ]
  return {
    project: attack,
    workspace: attack,
    run: {
      runId: 2,
      kind: 'feeds',
      status: 'published',
      isUndone: false,
      asOf: '2022-12-31',
      startedAt: at,
      startedBy: attack,
      finishedAt: at,
      seconds: 65,
      error: attack,
    },
    verdict: { level: 'attention', word: attack, sentence: attack },
    summary: {
      read: 10,
      staged: 7,
      heldBack: 2,
      open: 2,
      modelRows: 7,
      modelChange: -1,
      checksPassed: 1,
      checksFailed: 1,
      alarms: 1,
    },
    books: [book(attack, 6, 2), book('plans', 4, 0)],
    files: {
      items: [
        {
          file: attack,
          source: attack,
          format: attack,
          encoding: attack,
          bytes: 1500,
          rowsRead: 1,
          heldBack: 1,
          isKnown: false,
          rejected: attack,
        },
      ],
      total: 3,
    },
    checks: {
      items: [
        {
          name: attack,
          model: attack,
          column: attack,
          severity: 'error',
          status: 'fail',
          failures: 1,
          blocking: true,
          measured: attack,
          expected: attack,
        },
      ],
      total: 1,
    },
    comparison: {
      before: 1,
      after: 2,
      sentence: attack,
      level: 'alarm',
      alarms: 3,
      differences: {
        items: [
          { ...difference, picture: { kind: 'values', title: attack, bars } },
          {
            ...difference,
            picture: {
              kind: 'histogram',
              title: attack,
              bars: [
                { from: '0.00', to: '1310720.00', before: 4, after: 0 },
                { from: '1310720.00', to: attack, before: 0, after: 4 },
              ],
            },
          },
          { ...difference, picture: { kind: 'series', title: attack, unit: 'money', points } },
        ],
        total: 3,
      },
      schema: [{ relation: attack, column: attack, change: 'added', before: attack, after: attack }],
    },
    offenders: {
      rules: {
        items: [
          {
            source: attack,
            field: attack,
            rule: attack,
            rows: 1,
            fresh: 1,
            companies: 1,
            worst: { company: attack, rows: 1 },
            values: [{ value: attack, rows: 1 }],
          },
        ],
        total: 1,
      },
      companies: { items: [{ company: attack, rows: 1, fresh: 1, reason: attack }], total: 1 },
    },
    decisions: {
      since: 1,
      operations: {
        items: [
          {
            operation: 1,
            what: attack,
            who: attack,
            at,
            reason: attack,
            rows: 1,
            isUndone: true,
            changes: [{ place: attack, before: attack, after: attack, rows: 2 }],
          },
        ],
        total: 1,
      },
      waivers: [
        { operation: 1, what: attack, rules: attack, who: attack, at, reason: attack, rows: 1, expires: attack },
      ],
      letThrough: [{ what: attack, said: attack, who: attack, at, reason: attack }],
      held: [{ place: attack, check: attack, since: 1 }],
    },
    models: [{ model: attack, rows: 7, previous: 8 }],
    isMasked: true,
    version: attack,
  }
}

function book(source: string, read: number, heldBack: number) {
  return {
    source,
    read,
    released: 1,
    withdrawn: 0,
    inserted: read - heldBack,
    updated: 0,
    unchanged: 1,
    superseded: 0,
    heldBack,
  }
}

test('whatever the texts are, no markup comes of them', () => {
  const html = renderReport(hostileReport())
  const names = new Set([...html.matchAll(/<([a-z!][a-z0-9]*)/giu)].map(([, name]) => name))
  for (const name of ['script', 'img', 'link', 'iframe', 'object', 'base', 'form', 'use', 'image', 'foreignObject'])
    expect(names).not.toContain(name)
  expect(html).not.toMatch(/<[^>]* on\w+=/u)
  expect(html).not.toMatch(/\b(?:src|href)="(?!#)/u)
  expect(html).not.toMatch(/@import|url\(/u)
  expect(html).not.toContain('\u202E')
  expect(html).not.toContain('\u0000')
  expect(html.match(/&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;/gu)?.length).toBeGreaterThan(40)
  expect(escape('\u202E\u0000\uD800"')).toBe(String.raw`\u202e\u0000` + '\uFFFD&quot;')
})

test('the policy forbids everything but its own style', () => {
  const html = renderReport(hostileReport())
  expect(html.indexOf('<meta charset="utf-8"')).toBeLessThan(html.indexOf('Content-Security-Policy'))
  expect(html).toMatch(
    /http-equiv="Content-Security-Policy"\s+content="default-src 'none'; style-src 'unsafe-inline'"/u,
  )
})

test('headings go down step by step, ids are there once, and what is referred to is there', () => {
  const html = renderReport(hostileReport())
  const levels = [...html.matchAll(/<h([1-6])/gu)].map(([, level]) => Number(level))
  expect(levels[0]).toBe(1)
  for (const [at, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1)
  const ids = [...html.matchAll(/\bid="([^"]+)"/gu)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const references = [...html.matchAll(/(?:aria-labelledby|href)="#?([^"]+)"/gu)].flatMap(([, names = '']) =>
    names.split(' '),
  )
  for (const name of references) expect(ids).toContain(name)
  expect(html.match(/<table/gu)?.length).toBe(html.match(/<caption/gu)?.length)
})

test('the books add up in sight, and say where they do not', () => {
  const books = [book('claims', 6, 2), book('plans', 4, 0)]
  const section = (data: ReportData) => /<h2 id="books">[\s\S]*?<\/section>/u.exec(renderReport(data))?.[0] ?? ''
  const cells = (text: string, row: RegExp) =>
    [...(row.exec(text)?.[0] ?? '').matchAll(/class="number">\s*([\d,]+)/gu)].map(([, number]) => Number(number))
  const even = section({ ...hostileReport(), books })
  // Read, released, in; new, changed, unchanged, superseded, held back, accounted for.
  expect(cells(even, /<tfoot>[\s\S]*<\/tfoot>/u)).toEqual([10, 2, 12, 8, 0, 2, 0, 2, 12])
  expect(even).not.toContain('not even')
  expect(section({ ...hostileReport(), books: [{ ...book('claims', 6, 2), inserted: 3 }] })).toContain('not even')
})

test('the same data gives the same bytes', () => {
  expect(renderReport(hostileReport())).toBe(renderReport(hostileReport()))
})
