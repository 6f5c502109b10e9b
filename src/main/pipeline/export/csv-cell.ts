/** A text as a CSV cell: safe to open in a spreadsheet, and quoted where RFC 4180 asks for it. */
export function csvCell(text: string, delimiter = ','): string {
  const safe = disarmed(text)
  return safe.includes(delimiter) || /["\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The text with an apostrophe before it where a spreadsheet would take it for a formula. */
export function disarmed(text: string): string {
  return startsFormula(text) ? `'${text}` : text
}

/** The text without the apostrophe that `disarmed` put before it. */
export function rearmed(text: string): string {
  return text.startsWith("'") && startsFormula(text.slice(1)) ? text.slice(1) : text
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
