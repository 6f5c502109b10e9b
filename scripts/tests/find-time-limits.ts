/** Shorter deadlines fail on a loaded machine although nothing is wrong. */
const shortestDeadline = 60_000

const number = String.raw`(?<limit>\d[\d_]*)\b(?!\s*[*.\w])`

interface Rule {
  readonly pattern: RegExp
  /** What is wrong; without it, a limit is looked at. */
  readonly problem?: string
}

const rules: readonly Rule[] = [
  {
    // A moment to come (`performance.now() + 200`) is handed to the product; anything else is for measuring.
    pattern:
      /\b(?:performance\s*\.\s*now|Date\s*\.\s*now|process\s*\.\s*hrtime(?:\s*\.\s*bigint)?)\b(?!\s*\(\s*\)\s*\+)/g,
    problem: 'measures time; a benchmark does that, and a test asserts what was done',
  },
  {
    pattern: /\bimport\s*\{[^}]*\b(?:hrtime|performance)\b[^}]*\}\s*from\s*'node:(?:process|perf_hooks)'/g,
    problem: 'imports a clock; a benchmark measures time, and a test asserts what was done',
  },
  { pattern: new RegExp(String.raw`\bAbortSignal\s*\.\s*timeout\s*\(\s*${number}`, 'g') },
  // Options of tests, of expect.poll, of Playwright's matchers and actions, of spawn, and of both configurations.
  { pattern: new RegExp(String.raw`\b(?:\w+T|t)imeout['"]?\s*:\s*${number}`, 'g') },
  { pattern: new RegExp(String.raw`\b(?:test|page|context)\s*\.\s*set\w*Timeout\s*\(\s*${number}`, 'g') },
  { pattern: new RegExp(String.raw`\bpoll['"]?\s*:\s*\{[^}]*\btimeout\s*:\s*${number}`, 'g') },
  // The last argument of test() and of hooks, after a body in braces, on the same line or on one of its own.
  { pattern: new RegExp(String.raw`^\s*\b(?:test|it)\b.*\}\s*,\s*${number}\s*\)\s*$`, 'gm') },
  { pattern: new RegExp(String.raw`^\s*\}\s*,\s*${number}\s*,?\s*\)\s*$`, 'gm') },
  { pattern: new RegExp(String.raw`\b(?:before|after)(?:All|Each)\(.*,\s*${number}\s*\)\s*$`, 'gm') },
  // What is ended when it takes too long.
  {
    pattern: new RegExp(String.raw`\bsetTimeout\s*\([^\n]*\b(?:kill|reject|abort)\b[^\n]*,\s*${number}\s*,?\s*\)`, 'g'),
  },
]

/** What in the text of a test, or of a configuration of tests, would fail because a machine is slow: `path:line: problem`. */
export function findTimeLimits(path: string, text: string): readonly string[] {
  const code = withoutComments(text)
  const found = rules.flatMap(({ pattern, problem }) =>
    [...code.matchAll(pattern)].flatMap((match) => {
      const limit = match.groups?.['limit'] ?? ''
      const said = problem ?? problemOf(limit)
      // A limit may be lines behind what it limits.
      const at = limit === '' ? match.index : match.index + match[0].lastIndexOf(limit)
      return said === null ? [] : [{ line: code.slice(0, at).split('\n').length, said }]
    }),
  )
  const lines = found
    .toSorted((one, other) => one.line - other.line)
    .map(({ line, said }) => `${path}:${line}: ${said}`)
  return [...new Set(lines)]
}

function problemOf(limit: string): string | null {
  const milliseconds = Number(limit.replaceAll('_', ''))
  // Playwright takes 0 for no limit at all.
  if (milliseconds === 0 || milliseconds >= shortestDeadline) return null
  return `a deadline of ${milliseconds} ms; one that only catches what hangs has ${shortestDeadline} ms or more`
}

/** The same text with comments blanked out, on the same lines; `//` within an address is no comment. */
function withoutComments(text: string): string {
  return text
    .replace(/(^|\s)\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '))
}
