/**
 * The shape of a text: each run of capitals as `A`, of other letters as `a`, of digits as `9`, all else as it is. So numbers of one kind
 * look alike, and two columns that were swapped do not.
 */
export function shapeOf(text: string): string {
  let shape = ''
  let last = ''
  for (let at = 0; at < text.length && shape.length < longestShape; at += 1) {
    const sign = signOf(text.charCodeAt(at))
    if (sign === '') {
      last = ''
      shape += text.charAt(at)
    } else if (sign !== last) {
      last = sign
      shape += sign
    }
  }
  return shape
}

const longestShape = 40

function signOf(code: number): string {
  if (code >= 48 && code <= 57) return '9'
  if (code >= 97 && code <= 122) return 'a'
  if (code >= 65 && code <= 90) return 'A'
  if (code < 128) return ''
  const letter = String.fromCharCode(code)
  return letter.toLowerCase() === letter.toUpperCase() ? '' : letter === letter.toLowerCase() ? 'a' : 'A'
}
