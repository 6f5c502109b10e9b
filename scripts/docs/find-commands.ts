/** A command that a document shows. */
export interface DocumentedCommand {
  readonly text: string
  /** where it begins, counted from 1 */
  readonly line: number
  /** `block` to be typed in order; `inline` where a sentence names it */
  readonly kind: 'block' | 'inline'
}

const inlineCommand = /`((?:assay|npm run) [^`]+)`/g

/** The commands of a Markdown text in order: lines of blocks tagged `sh`, and code spans that begin with `assay` or `npm run`. */
export function findCommands(markdown: string): readonly DocumentedCommand[] {
  const found: DocumentedCommand[] = []
  let fence: string | undefined
  let begun: { text: string; line: number } | undefined
  for (const [index, line] of markdown.split(/\r?\n/).entries()) {
    const [, tag] = /^\s*```(.*)$/.exec(line) ?? []
    if (tag !== undefined) {
      fence = fence === undefined ? tag.trim() : undefined
    } else if (fence === undefined) {
      for (const [, text = ''] of line.matchAll(inlineCommand)) found.push({ text, line: index + 1, kind: 'inline' })
    } else if (fence === 'sh') {
      const text = `${begun?.text ?? ''}${line.trim()}`
      const first = begun?.line ?? index + 1
      const goesOn = text.endsWith('\\')
      begun = goesOn ? { text: text.slice(0, -1), line: first } : undefined
      if (!goesOn && text !== '' && !text.startsWith('#')) found.push({ text, line: first, kind: 'block' })
    }
  }
  return found
}

/** The lines of fences that begin a block without saying its language; a command in one would be overlooked. */
export function findUntaggedBlocks(markdown: string): readonly number[] {
  const fences = markdown.split(/\r?\n/).flatMap((line, index) => (/^\s*```/.test(line) ? [{ line, index }] : []))
  return fences.flatMap(({ line, index }, nth) => (nth % 2 === 0 && line.trim() === '```' ? [index + 1] : []))
}
