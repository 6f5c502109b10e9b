import { isMap, isSeq, LineCounter, parseDocument, stringify, type YAMLMap } from 'yaml'
import { AppError } from '../../kernel/app-error.ts'
import { columnOf, endOf, startOf } from './yaml-places.ts'
import { parseYaml } from './parse-yaml.ts'
import { modelFile } from './project-schema.ts'

/** A check of a model's column, as dbt writes it: a name, or a name with its arguments. */
export type NewCheck = string | Readonly<Record<string, unknown>>

/** The text of a models' .yml with a check of a column put in, all else as its author wrote it; the line, from 1, on which it stands. */
export function addCheck(
  text: string,
  path: string,
  { model, column, test }: { readonly model: string; readonly column: string; readonly test: NewCheck },
): { readonly text: string; readonly line: number } {
  const described = itemNamed(parseDocument(text).get('models'), model)
  const property = described === undefined ? undefined : itemNamed(described.get('columns'), column)
  if (property === undefined)
    throw new AppError('PROJECT_INVALID', `${path} describes no column ${column} of ${model}.`, {
      place: { file: path, field: column },
      saved: 'The project was not changed.',
    })
  const { at, insert } = placeOf(text, property, flowOf(test))
  const changed = text.slice(0, at) + insert + text.slice(at)
  parseYaml(changed, path, modelFile)
  const lines = new LineCounter()
  parseDocument(changed, { lineCounter: lines })
  return { text: changed, line: lines.linePos(at + insert.length - insert.trimStart().length).line }
}

/** A check on one line. */
export function flowOf(test: NewCheck): string {
  return stringify(test, { collectionStyle: 'flow', lineWidth: 0 }).trim()
}

function itemNamed(list: unknown, name: string): YAMLMap | undefined {
  if (!isSeq(list)) return undefined
  return list.items.find((item): item is YAMLMap => isMap(item) && item.get('name') === name)
}

function placeOf(text: string, property: YAMLMap, entry: string): { readonly at: number; readonly insert: string } {
  const tests = property.get('data_tests')
  if (isSeq(tests) && tests.flow === true) {
    const bracket = text.lastIndexOf(']', (tests.range?.[1] ?? 1) - 1)
    const at = text.slice(0, bracket).trimEnd().length
    return { at, insert: tests.items.length === 0 ? entry : `, ${entry}` }
  }
  const indent = ' '.repeat(columnOf(text, startOf(property.items[0])))
  if (isSeq(tests)) return { at: endOf(text, tests.range?.[1] ?? text.length), insert: `\n${indent}  - ${entry}` }
  if (property.flow === true) {
    const brace = text.lastIndexOf('}', (property.range?.[1] ?? 1) - 1)
    return { at: text.slice(0, brace).trimEnd().length, insert: `, data_tests: [${entry}]` }
  }
  return { at: endOf(text, property.range?.[1] ?? text.length), insert: `\n${indent}data_tests: [${entry}]` }
}
