import { describe, expect, test } from 'vitest'
import { findJoins } from '../../../../src/main/pipeline/model/joins/find-joins.ts'

const told = (sql: string) =>
  (findJoins(sql) ?? []).map(
    ({ place, kind, joined, condition }) => `${place}: ${kind} ${joined}${condition === null ? '' : ` ${condition}`}`,
  )

describe('joins are told apart', () => {
  test.each([
    ['SELECT a FROM t', []],
    ['SELECT 1', []],
    ['SELECT a FROM t AS x JOIN u AS y ON y.a = x.a WHERE x.b > 1', ['the SELECT: JOIN u AS y ON y.a = x.a']],
    [
      'select a from t left outer join u using (a, b) cross join v natural join w, z limit 3',
      [
        'the SELECT: LEFT OUTER JOIN u using (a, b)',
        'the SELECT: CROSS JOIN v',
        'the SELECT: NATURAL JOIN w',
        'the SELECT: CROSS JOIN z',
      ],
    ],
    [
      'WITH p AS (SELECT a FROM t JOIN u ON t.a = u.a), q(x, y) AS NOT MATERIALIZED (SELECT 1, 2) SELECT * FROM p JOIN q ON p.a = q.x',
      ['p: JOIN u ON t.a = u.a', 'the SELECT: JOIN q ON p.a = q.x'],
    ],
    [
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n JOIN t ON t.i = n.i) SELECT i FROM n',
      ['n, part 2 of 2: JOIN t ON t.i = n.i'],
    ],
    [
      'SELECT a FROM t JOIN u ON t.a = u.a UNION ALL SELECT a FROM v EXCEPT SELECT a FROM w FULL JOIN x ON w.a = x.a ORDER BY a',
      ['the SELECT, part 1 of 3: JOIN u ON t.a = u.a', 'the SELECT, part 3 of 3: FULL JOIN x ON w.a = x.a'],
    ],
    [
      'SELECT * FROM (SELECT a FROM t JOIN u USING (a)) AS q JOIN (WITH w AS (SELECT 1) SELECT * FROM w, v) r ON r.a = q.a',
      ['q: JOIN u USING (a)', 'r: CROSS JOIN v', 'the SELECT: JOIN (a query) AS r ON r.a = q.a'],
    ],
    [
      'SELECT * FROM (SELECT * FROM t, u) LEFT JOIN (v JOIN w ON v.a = w.a) ON true',
      [
        'a query in the SELECT: CROSS JOIN u',
        'the SELECT: JOIN w ON v.a = w.a',
        'the SELECT: LEFT JOIN (joined tables) ON true',
      ],
    ],
    // What looks like a join and is none.
    [
      `SELECT a, b IS NOT DISTINCT FROM c, 'x JOIN y', "left join" /* FROM z JOIN y */ FROM t -- JOIN u
      JOIN "a, b" AS "where" ON t.a IN (SELECT k FROM x, y) AND t.b = 'it''s, JOIN'
      GROUP BY a, b WINDOW w AS (ORDER BY a)`,
      [`the SELECT: JOIN "a, b" AS "where" ON t.a IN (SELECT k FROM x, y) AND t.b = 'it''s, JOIN'`],
    ],
  ])('%s', (sql, joins) => expect(told(sql)).toEqual(joins))
})

test('both sides of a join, and all of it, are text of the SELECT', () => {
  const sql =
    'WITH c AS (SELECT 1 AS a) SELECT * FROM t AS x\n  JOIN c ON c.a = x.a -- by a\n  LEFT JOIN [u] y ON y.a = c.a WHERE y.b'
  expect(findJoins(sql)).toEqual([
    {
      place: 'the SELECT',
      kind: 'JOIN',
      item: 'c',
      joined: 'c',
      condition: 'ON c.a = x.a',
      before: 't AS x',
      all: 't AS x\n  JOIN c ON c.a = x.a',
      scopes: ['WITH c AS (SELECT 1 AS a)'],
    },
    {
      place: 'the SELECT',
      kind: 'LEFT JOIN',
      item: '[u] y',
      joined: '[u] y',
      condition: 'ON y.a = c.a',
      before: 't AS x\n  JOIN c ON c.a = x.a',
      all: 't AS x\n  JOIN c ON c.a = x.a -- by a\n  LEFT JOIN [u] y ON y.a = c.a',
      scopes: ['WITH c AS (SELECT 1 AS a)'],
    },
  ])
})

test.each(["SELECT 'a FROM t", 'SELECT (a FROM t', 'SELECT a) FROM t', 'SELECT "a FROM t'])(
  'SQL that has no end somewhere is not read: %s',
  (sql) => expect(findJoins(sql)).toBe(null),
)
