/** The most characters that a cell of XLSX may hold. */
export const longestXlsxText = 32_767

/** The most rows that a sheet of XLSX may have, its header among them. */
export const mostXlsxRows = 1_048_576

/** A text inside of XML as XLSX wants it: what XML has no place for is written as `_xHHHH_`, and so is what already looks so. */
export function xlsxText(text: string): string {
  // Most texts need nothing of it.
  if (!/[&<>_\p{Cc}\uFFFE\uFFFF]/u.test(text)) return text
  return text
    .replaceAll(/_(?=x[0-9a-f]{4}_)/giu, '_x005F_')
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, escapeCharacter)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0)
  const isInXml = character === '\t' || character === '\n' || (code >= 0x7f && code < 0xfffe)
  return isInXml ? character : `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`
}

/** A text as the value of an XML attribute. */
export function xlsxAttribute(text: string): string {
  return xlsxText(text).replaceAll('"', '&quot;')
}

/** The letters of a column, counted from 0: A to Z, AA, AB and so on. */
export function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter
}

/** A cell that holds text and stays text, whatever is typed over it. */
export function textCellXml(reference: string, text: string, style: number): string {
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xlsxText(text)}</t></is></c>`
}
