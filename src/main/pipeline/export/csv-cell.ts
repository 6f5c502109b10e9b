/** A text as a CSV cell: safe to open in a spreadsheet, and quoted where RFC 4180 asks for it. */
export function csvCell(text: string): string {
  const safe = startsFormula(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Whether a spreadsheet would take the text for a formula. */
function startsFormula(text: string): boolean {
  switch (text.charCodeAt(0)) {
    case 0x3d: // =
    case 0x2b: // +
    case 0x2d: // -
    case 0x40: // @
    case 0x09: // tab
    case 0x0d: // carriage return
      return true
    default:
      return false
  }
}
