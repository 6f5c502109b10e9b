import { expect, test } from 'vitest'
import { findLockProblems } from '../../scripts/lock/find-lock-problems.ts'

const manifest = { dependencies: { a: '1.0.0' } }
const a = { version: '1.0.0', integrity: 'sha512-a' }

test('an exact, complete lock passes', () => {
  const b = { version: '2.0.0-beta.1', integrity: 'sha512-b' }
  const packages = {
    '': {},
    'node_modules/a': { ...a, optionalDependencies: { b: '^2' } },
    'node_modules/a/node_modules/b': b,
  }
  expect(findLockProblems(manifest, { packages })).toEqual([])
})

test.each([
  ['a range', { dependencies: { a: '^1.0.0' } }, a, /pin the exact version/],
  ['a tag', { devDependencies: { a: 'latest' } }, a, /pin the exact version/],
  ['another version locked', manifest, { ...a, version: '1.0.1' }, /a is 1\.0\.1, package\.json has 1\.0\.0/],
  [
    'a missing platform package',
    manifest,
    { ...a, optionalDependencies: { 'a-darwin': '1' } },
    /needs a-darwin, which is missing/,
  ],
  ['no integrity', manifest, { version: '1.0.0' }, /no integrity/],
  ['a registry named', manifest, { ...a, resolved: 'https://example.org/a.tgz' }, /names a registry/],
])('%s is found', (_what, wanted, locked, message) => {
  const problems = findLockProblems(wanted, { packages: { '': {}, 'node_modules/a': locked } })
  expect(problems).toEqual([expect.stringMatching(message)])
})

test('an empty lock is no lock', () => {
  expect(findLockProblems({}, { packages: {} })).toHaveLength(1)
})
