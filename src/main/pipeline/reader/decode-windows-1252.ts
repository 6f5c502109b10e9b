// The characters of the bytes 0x80 to 0x9f; all others are as in Latin-1, and so are the five that the code page leaves open.
const upperControls = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** The text of windows-1252 bytes that were taken for Latin-1; one character stays one character. */
export function decodeWindows1252(latin1: string): string {
  return latin1.replaceAll(/[\u0080-\u009f]/gu, (control) => upperControls.charAt(control.charCodeAt(0) - 0x80))
}
