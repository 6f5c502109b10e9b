import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { CompareOverview } from '#features/compare'
import { plural } from '../../lib/format.ts'
import { LabelMenu } from './label-menu.tsx'

const looks = {
  alarm: { tone: 'bad', word: 'Unusual', icon: OctagonAlert },
  notable: { tone: 'attention', word: 'Large', icon: TriangleAlert },
  usual: { tone: 'good', word: 'As usual', icon: CircleCheck },
} as const

/** Whether anyone should worry, in one sentence, what it rests on, and the label of the whole run. */
export function VerdictBanner({ overview }: { readonly overview: CompareOverview }) {
  const { verdict, b, history_runs: runs, least_history: least } = overview
  const { tone, word, icon: Icon } = looks[verdict.level]
  return (
    <div className={`verdict tone-${tone}`} role="status">
      <Icon aria-hidden="true" />
      <p className="verdict-text">
        <strong>{word}.</strong> {verdict.sentence}{' '}
        {runs >= least && <span className="soft">Learned from {plural(runs, 'run')}.</span>}
      </p>
      <LabelMenu labelled={{ runId: b.run_id, key: null, label: b.label }} text={`Label run ${b.run_id}`} />
    </div>
  )
}
