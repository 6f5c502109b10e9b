import { randomBytes, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const freeFailures = 10
const delayMilliseconds = 1_000

/** A secret of 256 bits, and how a guess at it is answered. */
export interface Secret {
  readonly value: string
  /** Compares in constant time; after ten wrong guesses each further one takes a second. */
  isGuessedBy(guess: string): Promise<boolean>
}

/** A new secret that is safe in an address and in a cookie. */
export function createSecret(): Secret {
  const value = randomBytes(32).toString('base64url')
  const expected = Buffer.from(value)
  let failures = 0
  return {
    value,
    async isGuessedBy(guess) {
      const given = Buffer.from(guess)
      if (given.length === expected.length && timingSafeEqual(given, expected)) return true
      failures += 1
      if (failures > freeFailures) await sleep(delayMilliseconds)
      return false
    },
  }
}
