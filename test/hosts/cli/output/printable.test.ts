import { expect, test } from 'vitest'
import fc from 'fast-check'
import { printable } from '../../../../src/main/hosts/cli/output/printable.ts'

test('control characters of a feed cannot steer the terminal', () => {
  expect(printable('a\u001b[31mred\u009b2J\u0007\r\nb\u202Etxt')).toBe(
    String.raw`a\u001b[31mred\u009b2J\u0007\r\nb\u202etxt`,
  )
})

test('what is printed never holds a control character, and other text stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/\p{Cc}/u)
      if (!/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(text)) expect(printable(text)).toBe(text)
    }),
  )
})
