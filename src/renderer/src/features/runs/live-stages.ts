import type { RunProgress } from '#features/runs'
import { formatCount, plural } from '../../lib/format.ts'
import type { Stage } from './stages.ts'

const order = ['reading', 'modelling', 'checking', 'publishing', 'measuring', 'exporting', 'done'] as const

/** How far a run that is going on has come in each stage. */
export function liveStages(progress: RunProgress): readonly Stage[] {
  const { sources, models, rows_read: rows } = progress
  const place = order.indexOf(progress.stage)
  const stage = (name: string, first: number, last: number, facts: string): Stage => {
    if (place > last) return { name, status: 'done', word: 'Done', facts }
    if (place < first) return { name, status: 'waiting', word: 'Waiting', facts: '–' }
    return { name, status: 'running', word: 'Running', facts }
  }
  const isFed = sources.some((source) => source.bytes_total > 0)
  const held = sources.reduce((sum, source) => sum + source.rows_quarantined, 0)
  const built = models.filter(isOver).length
  return [
    // Each source is staged as it is read.
    stage('Read', 0, 0, isFed ? plural(rows, 'row') : 'no feed, only staged rows'),
    stage('Stage', 0, 0, `${formatCount(held)} held back`),
    stage('Model', 1, 1, `${formatCount(built)} of ${plural(models.length, 'model')}`),
    stage('Check', 2, 2, plural(models.length, 'model')),
    stage('Publish', 3, 3, place > 3 ? 'readers see it' : '–'),
  ]
}

const isOver = ({ state }: RunProgress['models'][number]) =>
  state === 'done' || state === 'skipped' || state === 'resumed'
