const lookalikes: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  D: '0',
  I: '1',
  l: '1',
  i: '1',
  '|': '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  G: '6',
  B: '8',
}

/** The text with the digits that some letters look like: O and 0, I and l and 1, S and 5, B and 8. */
export function lookalikeDigits(text: string): string {
  return text.replaceAll(/[OoQDIli|ZzSsGB]/g, (letter) => lookalikes[letter] ?? letter)
}
