import { lookalikeDigits } from './lookalike-digits.ts'
import type { Guess } from './suggestion.ts'

const currency = /\p{Sc}|USD|US|EUR|GBP|CAD|AUD|dollars?|euros?/giu
const minus = /[-\u2212\u2013\u2014]/g

/** The amounts that a text which is none may mean. Where none may be negative the sign is taken for a mistake. */
export function guessAmounts(text: string, mayBeNegative: boolean): readonly Guess[] {
  const plain = text.normalize('NFKC')
  const isNegative = plain.search(minus) >= 0 || /^\(.*\)|\(.*\)$/.test(plain)
  const bare = plain
    .replaceAll(currency, '')
    .replaceAll(minus, '')
    .replaceAll(/[\s()'"`’_+*]/g, '')
  const isSigned = isNegative && mayBeNegative
  const isUnsigned = isNegative && !mayBeNegative
  return guessDigits(bare).map((guess) => ({
    value: isSigned && /[1-9]/.test(guess.value) ? `-${guess.value}` : guess.value,
    reason: `${isUnsigned ? 'The sign is left out. ' : ''}${guess.reason}`,
    confidence: isUnsigned ? guess.confidence * 0.4 : guess.confidence,
  }))
}

/** The whole numbers that a text which is none may mean. */
export function guessIntegers(text: string): readonly Guess[] {
  return guessAmounts(text, true).flatMap((guess) => {
    if (!guess.value.endsWith('.00') || guess.value.startsWith('-')) return []
    const value = guess.value.slice(0, -3)
    return [{ ...guess, value, reason: guess.reason.replace(`${value}.00`, value) }]
  })
}

function guessDigits(text: string): readonly Guess[] {
  if (/^[\d.,]*\d[\d.,]*$/.test(text)) return guessSeparators(text, 'Signs that do not belong to it are left out', 0.95)
  if (/^[\d.,OoQIli|SsBZz]*\d[\d.,OoQIli|SsBZz]*$/.test(text))
    return guessSeparators(lookalikeDigits(text), 'A letter stands for a digit', 0.85)
  const power = /^(\d{1,9}(?:\.\d{1,6})?)e\+?(\d)$/i.exec(text)
  if (power !== null) {
    const value = (Number(power[1]) * 10 ** Number(power[2])).toFixed(2)
    return readAs(value, 'It is written with an exponent', 0.6)
  }
  const inner = /^[^\d.,%]*(\d[\d.,]*)[^\d.,%]*$/.exec(text)?.[1]
  return inner === undefined ? [] : guessSeparators(inner, 'Other characters are left out', 0.6)
}

/** What the points and commas in digits may mean. */
function guessSeparators(digits: string, why: string, confidence: number): readonly Guess[] {
  const text = digits.replaceAll(/([.,])\1+/g, '$1').replace(/[.,]$/, '')
  const lastPoint = text.lastIndexOf('.')
  const lastComma = text.lastIndexOf(',')
  const decimals = text.length - 1 - Math.max(lastPoint, lastComma)
  const european = { whole: text.slice(0, lastComma).replaceAll(/[.,]/g, ''), rest: text.slice(lastComma + 1) }
  const whole = text.replaceAll(/[.,]/g, '')
  if (lastPoint < 0 && lastComma < 0) return readAs(amountOf(text, ''), why, confidence)
  if (lastPoint >= 0 && lastComma > lastPoint)
    return text.indexOf(',') === lastComma
      ? readAs(
          amountOf(european.whole, european.rest),
          'The comma stands before the decimals, as in Europe',
          confidence * 0.95,
        )
      : []
  if (lastPoint < 0) {
    if (/^\d{1,3}(?:,\d{3})+$/.test(text)) return readAs(amountOf(whole, ''), why, confidence)
    if (decimals <= 2 && text.indexOf(',') === lastComma)
      return readAs(
        amountOf(european.whole, european.rest),
        'The comma stands before the decimals, as in Europe',
        confidence * 0.9,
      )
    return readAs(amountOf(whole, ''), 'The commas are left out', confidence * 0.6)
  }
  const points = text.split('.').length - 1
  if (points > 1)
    return /^\d{1,3}(?:\.\d{3})+$/.test(text)
      ? readAs(amountOf(whole, ''), 'The points part the thousands, as in Europe', confidence * 0.9)
      : []
  const before = text.slice(0, lastPoint).replaceAll(',', '')
  const after = text.slice(lastPoint + 1)
  if (after.length <= 2) return readAs(amountOf(before, after), why, confidence)
  const rounded = readAs(amountOf(before, after), 'It has more than two decimals and is rounded', confidence * 0.4)
  return /^\d{1,3}\.\d{3}$/.test(text) && !text.startsWith('0')
    ? [...rounded, ...readAs(amountOf(whole, ''), 'The point parts the thousands, as in Europe', confidence * 0.4)]
    : rounded
}

/** The amount with two decimals, rounded half away from zero. */
function amountOf(whole: string, decimals: string): string {
  const cents = BigInt(`${whole}${decimals.slice(0, 2).padEnd(2, '0')}`) + ((decimals[2] ?? '0') >= '5' ? 1n : 0n)
  const digits = String(cents).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function readAs(value: string, why: string, confidence: number): readonly Guess[] {
  return [{ value, reason: `${why}: read as ${value}.`, confidence }]
}
