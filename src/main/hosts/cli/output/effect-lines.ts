import type { ReplayEffect } from '#features/quarantine'
import type { ModelResult } from '#features/runs'
import { change as changeOf, count } from './numbers.ts'
import { printable } from './printable.ts'
import { section, styled } from './table.ts'

type ModelEffect = ReplayEffect['models'][number]
type RowEffect = ModelEffect['rows'][number]

/** What a replay does to each table: how many rows appear, vanish and change, and the first of them. */
export function effectLines({ models }: ReplayEffect, results: readonly ModelResult[]): readonly string[] {
  // Rows of a view are not kept, so that the effect does not tell them; how many there are is in the books.
  const views = results.filter(
    ({ name, rows, previous_rows: before }) =>
      before !== null && rows !== before && !models.some((model) => model.name === name),
  )
  if (models.length === 0 && views.length === 0) return ['', 'No row of any model appears, vanishes or changes.']
  return [
    ...section(
      'Effect',
      [
        { title: 'table' },
        { title: 'layer' },
        { title: 'appeared', align: 'right' },
        { title: 'vanished', align: 'right' },
        { title: 'changed', align: 'right' },
      ],
      models.map((model) => [
        model.name,
        model.layer,
        count(model.appeared),
        count(model.vanished),
        count(model.changed),
      ]),
    ),
    ...models.flatMap(rowLines),
    ...(views.length === 0
      ? []
      : [
          '',
          `Views have other numbers of rows: ${views.map((view) => `${view.name} ${changeOf(view.rows, view.previous_rows)}`).join(', ')}.`,
        ]),
  ]
}

function rowLines(model: ModelEffect): readonly string[] {
  const more = model.appeared + model.vanished + model.changed - model.rows.length
  return [
    '',
    styled('bold', `${printable(model.name)} (${model.layer})`),
    ...model.rows.map((row) => `  ${printable(rowText(model, row))}`),
    ...(more > 0 ? [`  ${count(more)} more`] : []),
  ]
}

/** A row in a line: of one that changed its first column, which names it, and what is different. */
function rowText({ columns }: ModelEffect, { change, before, after }: RowEffect): string {
  const told = columns.flatMap(({ name }, index) => {
    const was = before?.[index] ?? null
    const is = after?.[index] ?? null
    if (change === 'changed' && index > 0)
      return was === is ? [] : [`${name}: ${was ?? 'nothing'} -> ${is ?? 'nothing'}`]
    const value = after === null ? was : is
    return value === null ? [] : [`${name} ${value}`]
  })
  return `${{ appeared: '+', vanished: '-', changed: '~' }[change]} ${told.join(', ')}`
}
