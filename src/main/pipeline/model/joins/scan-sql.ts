/** A word, a name, a value or a sign of SQL, and where it stands in the text. */
export interface SqlToken {
  readonly text: string
  /** In upper case; empty for what is no bare word. */
  readonly word: string
  readonly from: number
  readonly to: number
  /** Of an opening parenthesis: where the closing one stands among the tokens. */
  readonly closedBy: number | null
}

const form =
  /\s+|--[^\n]*|\/\*[^]*?(?:\*\/|$)|(?<literal>'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\d[\w.]*)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<sign>[^])/gu

/** Parts SQL into tokens, without spaces and comments; null where a quote or a parenthesis has no end. */
export function scanSql(sql: string): readonly SqlToken[] | null {
  const tokens: { -readonly [key in keyof SqlToken]: SqlToken[key] }[] = []
  const open: number[] = []
  for (const { 0: text, index, groups } of sql.matchAll(form)) {
    const { literal, word, sign } = groups ?? {}
    if (literal === undefined && word === undefined && sign === undefined) continue
    if (sign !== undefined && `'"\`[`.includes(sign)) return null
    if (sign === '(') open.push(tokens.length)
    if (sign === ')') {
      const opening = tokens[open.pop() ?? -1]
      if (opening === undefined) return null
      opening.closedBy = tokens.length
    }
    tokens.push({ text, word: word?.toUpperCase() ?? '', from: index, to: index + text.length, closedBy: null })
  }
  return open.length === 0 ? tokens : null
}
