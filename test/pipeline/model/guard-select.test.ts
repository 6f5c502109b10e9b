import Database from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { guardSelect } from '../../../src/main/pipeline/model/guard-select.ts'

const connection = new Database(':memory:')
connection.exec(
  'CREATE TABLE granted (a, b); CREATE INDEX granted_a ON granted (a); CREATE TABLE secret (a); CREATE VIRTUAL TABLE words USING fts5 (a)',
)
afterAll(() => connection.close())

const guard = (sql: string) => guardSelect(connection, sql, new Set(['granted']), 'The model m', 'models/m.sql')

describe('a model may', () => {
  test.each([
    'SELECT a, b FROM granted',
    'SELECT a, sum(b) OVER (PARTITION BY a ORDER BY b RANGE BETWEEN 89 PRECEDING AND CURRENT ROW) FROM granted',
    "WITH x AS (SELECT DISTINCT a FROM granted) SELECT a, group_concat(a, '|' ORDER BY a) FROM x GROUP BY a",
    'SELECT a FROM granted UNION SELECT b FROM granted WHERE a = 1 -- a comment at the end',
    "SELECT coalesce(a, 'x') || upper(b) FROM granted WHERE a IN (SELECT b FROM granted)",
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n',
    'SELECT 1 AS one',
  ])('%s', (sql) => expect(() => guard(sql)).not.toThrow())
})

describe('a model may not', () => {
  test.each([
    'SELECT a FROM secret',
    'SELECT a FROM granted WHERE EXISTS (SELECT 1 FROM secret)',
    'SELECT a FROM granted UNION ALL SELECT a FROM secret',
    'SELECT name FROM sqlite_schema',
    'SELECT name FROM sqlite_master',
    'SELECT sql FROM main.sqlite_schema',
    'SELECT * FROM temp.sqlite_schema',
    "SELECT * FROM pragma_table_info('secret')",
    'SELECT * FROM pragma_database_list',
    'SELECT * FROM dbstat',
    'SELECT * FROM words',
    "SELECT * FROM json_each('[1]')",
    "SELECT load_extension('x')",
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('/tmp/x', 'y')",
    "SELECT edit('x')",
    'SELECT random()',
    'SELECT randomblob(10)',
    'SELECT zeroblob(500000000)',
    "SELECT date('now')",
    "SELECT strftime('%s', 'now')",
    'SELECT CURRENT_TIMESTAMP',
    'SELECT last_insert_rowid()',
    'SELECT changes()',
    "SELECT printf('%1000000000d', 1)",
    'SELECT sqlite_version()',
    'SELECT sqlite_source_id()',
    "SELECT fts5('x')",
    "ATTACH '/tmp/x.db' AS x",
    'DETACH main',
    "VACUUM INTO '/tmp/x.db'",
    'VACUUM',
    'PRAGMA journal_mode = DELETE',
    'PRAGMA table_info(secret)',
    'INSERT INTO granted VALUES (1, 2)',
    'INSERT INTO granted VALUES (1, 2) RETURNING a',
    'UPDATE granted SET a = 1',
    'UPDATE granted SET a = 1 RETURNING a',
    'DELETE FROM granted',
    'DELETE FROM granted RETURNING a',
    'REPLACE INTO granted VALUES (1, 2)',
    'CREATE TABLE x (a)',
    'CREATE TEMP TABLE x (a)',
    'CREATE VIEW x AS SELECT 1',
    'CREATE TRIGGER t AFTER INSERT ON granted BEGIN SELECT 1; END',
    'DROP TABLE granted',
    'ALTER TABLE granted RENAME TO x',
    'REINDEX',
    'ANALYZE',
    'BEGIN',
    'COMMIT',
    'SAVEPOINT x',
    'EXPLAIN SELECT 1',
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP TABLE granted',
    'SELECT 1) ; DROP TABLE granted; --',
    'SELECT 1) UNION SELECT a FROM secret --',
    'SELECT a FROM (SELECT a FROM secret',
    'SELECT 1 /*',
    '',
    '-- nothing',
    'SELECT no_such_column FROM granted',
    'SELECT a FROM no_such_table',
    'WITH x AS (DELETE FROM granted RETURNING a) SELECT a FROM x',
    "VALUES (1), (2)); ATTACH 'x' AS y; --",
  ])('%s', (sql) => {
    expect(() => guard(sql)).toThrow(expect.objectContaining({ name: 'AppError', code: 'SQL_REFUSED' }))
  })

  test('the error names the model, the file and what it did', () => {
    expect(() => guard('SELECT a FROM secret')).toThrow(/The model m was refused: it reads secret/)
  })
})
