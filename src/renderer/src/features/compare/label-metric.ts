import type { Transport } from '#protocol/transport'
import { compareMethods, type MetricKey, type RunLabel } from '#features/compare'
import { tell, tellError } from '../../lib/toasts.ts'
import { labelWords, metricName, metricPlace } from './metric-words.ts'

/** What a label is given to: a whole run, or one metric of it; and the label that it has now. */
export interface Labelled {
  readonly runId: number
  readonly key: MetricKey | null
  readonly label: RunLabel | null
}

/** Gives a label, or takes it off, and offers to take that back. */
export async function giveLabel(
  engine: Transport,
  { runId, key, label: before }: Labelled,
  label: RunLabel | null,
  reason = '',
): Promise<void> {
  await engine.call(compareMethods.label, { run_id: runId, key, label, reason })
  tell(`${labelledName({ runId, key })}: ${label === null ? 'no label any more' : labelWords[label]}.`, {
    about: `label ${runId} ${JSON.stringify(key)}`,
    action: {
      // Not called Undo: that is the button of the quarantine.
      text: 'Take it back',
      run: () => void giveLabel(engine, { runId, key, label }, before).catch(tellError),
    },
  })
}

/** What gets the label, in words. */
export function labelledName({ runId, key }: Pick<Labelled, 'runId' | 'key'>): string {
  return key === null ? `Run ${runId}` : `${metricName(key.metric)} of ${metricPlace(key)} in run ${runId}`
}
