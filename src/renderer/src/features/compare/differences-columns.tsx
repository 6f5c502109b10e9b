import type { Difference } from '#features/compare'
import type { DataColumn } from '../../ui/grid/data-column.ts'
import { LabelMenu } from './label-menu.tsx'
import {
  changeText,
  expectedText,
  labelWords,
  metricName,
  metricPlace,
  metricText,
  scopeName,
  unusualText,
} from './metric-words.ts'
import { UnusualCell } from './unusual-cell.tsx'

const levelWords = { alarm: 'unusual', notable: 'large', usual: 'as usual' } as const

/** The columns of the list of differences; labels are given to run `b`. */
export function differencesColumns(b: number): readonly DataColumn<Difference>[] {
  return [
    {
      id: 'unusual',
      title: 'How unusual',
      width: 186,
      description: '1× is the edge of what history lets expect',
      text: ({ level, unusual }) => `${levelWords[level]}, ${unusualText(unusual)}`,
      draw: ({ level, unusual }) => <UnusualCell level={level} unusual={unusual} />,
    },
    { id: 'place', title: 'Where', width: 190, text: metricPlace },
    { id: 'metric', title: 'Metric', width: 126, text: ({ metric, unit }) => metricName(metric, unit) },
    {
      id: 'scope',
      title: 'Of',
      width: 82,
      description: 'All rows, or those the run staged new or changed',
      text: ({ scope }) => scopeName(scope),
    },
    { id: 'before', title: 'Before', width: 84, isNumber: true, text: ({ unit, before }) => metricText(unit, before) },
    { id: 'after', title: 'After', width: 84, isNumber: true, text: ({ unit, after }) => metricText(unit, after) },
    {
      id: 'change',
      title: 'Change',
      width: 84,
      isNumber: true,
      text: ({ unit, before, after }) => changeText(unit, before, after),
    },
    { id: 'expected', title: 'Expected', width: 134, text: ({ unit, band }) => expectedText(unit, band) },
    {
      id: 'label',
      title: 'Label',
      width: 132,
      text: ({ label }) => (label === null ? '' : labelWords[label]),
      draw: ({ label, ...key }) => (
        <span className="label-cell">
          <LabelMenu labelled={{ runId: b, key: keyOf(key), label }} text="Label" />
        </span>
      ),
    },
    { id: 'sentence', title: 'What happened', width: 420, text: ({ sentence }) => sentence },
  ]
}

/** The metric that a difference is of. */
export function keyOf({ relation, scope, column, company, metric }: Omit<Difference, 'label'>) {
  return { relation, scope, column, company, metric }
}
