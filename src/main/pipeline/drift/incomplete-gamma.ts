/** The regularised incomplete gamma function's two parts: `lower` and `upper` are shares that sum to 1, each exact where it is small. */
export interface GammaParts {
  readonly lower: number
  readonly upper: number
}

const precision = 1e-17
const stirlingFrom = 16

/**
 * The regularised incomplete gamma functions P and Q of a shape above 0 at a value: by their power series below the shape, by Legendre's
 * continued fraction above it (DLMF 8.11.4 and 8.9.2), with Loader's scaling, which stays exact for shapes of a billion (Loader 2000, "Fast and
 * accurate computation of binomial probabilities").
 */
export function incompleteGamma(shape: number, value: number): GammaParts {
  if (value <= 0) return { lower: 0, upper: 1 }
  if (value === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 }
  const scale = poissonDensity(shape, value)
  if (value < shape + 1) {
    const lower = Math.min(1, scale * powerSeries(shape, value))
    return { lower, upper: 1 - lower }
  }
  const upper = Math.min(1, scale * shape * continuedFraction(shape, value))
  return { lower: 1 - upper, upper }
}

function powerSeries(shape: number, value: number): number {
  let [sum, term] = [1, 1]
  for (let step = 1; term > precision * sum; step += 1) {
    term *= value / (shape + step)
    sum += term
  }
  return sum
}

/** By the method of Lentz. */
function continuedFraction(shape: number, value: number): number {
  let denominator = value + 1 - shape
  let forward = 1e300
  let backward = 1 / denominator
  let product = backward
  for (let step = 1; ; step += 1) {
    const numerator = -step * (step - shape)
    denominator += 2
    backward = 1 / nonZero(numerator * backward + denominator)
    forward = nonZero(denominator + numerator / forward)
    const change = backward * forward
    product *= change
    if (Math.abs(change - 1) < 2e-16) return product
  }
}

const nonZero = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value)

/** value ^ shape x e ^ -value / Gamma(shape + 1), without the cancellation that logarithms of huge numbers suffer. */
function poissonDensity(shape: number, value: number): number {
  return Math.exp(-stirlingError(shape) - deviance(shape, value)) / Math.sqrt(2 * Math.PI * shape)
}

/** What Stirling's formula leaves out of ln Gamma(shape + 1) (DLMF 5.11.1); of a small shape by way of a larger one. */
function stirlingError(shape: number): number {
  if (shape >= stirlingFrom) {
    const square = shape * shape
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / shape
  }
  return stirlingError(shape + 1) + (shape + 0.5) * Math.log1p(1 / shape) - 1
}

/** shape x ln(shape / value) + value - shape. */
function deviance(shape: number, value: number): number {
  const off = (shape - value) / (shape + value)
  if (Math.abs(off) > 0.1) return shape * Math.log(shape / value) + value - shape
  // ln(shape / value) = 2 artanh(off): its first term is taken out together with the rest that it cancels against.
  let sum = (shape - value) * off
  let power = 2 * shape * off
  for (let odd = 3; ; odd += 2) {
    power *= off * off
    const next = sum + power / odd
    if (next === sum) return sum
    sum = next
  }
}
