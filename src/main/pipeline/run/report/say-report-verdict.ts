import type { Comparison, ReportedRun, Verdict } from './report-data.ts'

/** What a run came to, in a word and a sentence for someone who reads no further. */
export function sayReportVerdict(run: ReportedRun, comparison: Comparison, failedChecks: number): Verdict {
  if (run.status !== 'published') {
    const words = { blocked: 'Not published', failed: 'Failed', cancelled: 'Cancelled' } as const
    return {
      level: 'bad',
      word: words[run.status],
      sentence: run.error ?? 'The run ended before it could be published; readers see the run before.',
    }
  }
  if (run.isUndone)
    return {
      level: 'bad',
      word: 'Taken back',
      sentence: 'Readers were taken back to a run before it, and others have run since: its rows cannot be shown.',
    }
  if (comparison.level === 'alarm')
    return { level: 'attention', word: 'Published, look at this', sentence: withoutLead(comparison.sentence) }
  if (failedChecks > 0)
    return {
      level: 'attention',
      word: 'Published, with findings',
      sentence: `${failedChecks === 1 ? 'One check' : `${failedChecks} checks`} did not pass. ${comparison.sentence}`,
    }
  if (comparison.level === 'notable')
    return { level: 'attention', word: 'Published, large changes', sentence: comparison.sentence }
  return { level: 'good', word: 'Published', sentence: `All checks passed. ${comparison.sentence}` }
}

/** The word before it says that already. */
function withoutLead(sentence: string): string {
  const rest = sentence.replace(/^Look at this: /u, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
