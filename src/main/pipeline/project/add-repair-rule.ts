import { isMap, isSeq, LineCounter, parseDocument, stringify, type YAMLMap } from 'yaml'
import { AppError } from '../../kernel/app-error.ts'
import { contractFile } from '../contract/contract-schema.ts'
import { parseYaml } from './parse-yaml.ts'
import { columnOf, endOf, startOf } from './yaml-places.ts'

/** A text that is not of a field's form, and what it means. */
export interface RepairRule {
  readonly field: string
  readonly from: string
  readonly to: string
}

/** The text of a contract with a repair rule put in, all else as its author wrote it; the line, from 1, on which the rule stands. */
export function addRepairRule(
  text: string,
  path: string,
  { field, from, to }: RepairRule,
): { readonly text: string; readonly line: number } {
  const document = parseDocument(text)
  const properties = document.getIn(['schema', 0, 'properties'])
  const property = isSeq(properties)
    ? properties.items.find((item): item is YAMLMap => isMap(item) && item.get('name') === field)
    : undefined
  if (property === undefined)
    throw new AppError('PROJECT_INVALID', `${path} describes no column ${field}.`, {
      place: { file: path, field },
      saved: 'The contract was not changed.',
    })
  const { at, insert } = placeOf(text, property, `${quoted(from)}: ${quoted(to)}`)
  const changed = text.slice(0, at) + insert + text.slice(at)
  parseYaml(changed, path, contractFile)
  const lines = new LineCounter()
  parseDocument(changed, { lineCounter: lines })
  return { text: changed, line: lines.linePos(at + insert.length - insert.trimStart().length).line }
}

/** Always in quotes: `no` and `012` are texts here. */
function quoted(value: string): string {
  return stringify(value, { defaultStringType: 'QUOTE_SINGLE', lineWidth: 0 }).trim()
}

function placeOf(text: string, property: YAMLMap, entry: string): { readonly at: number; readonly insert: string } {
  const indent = ' '.repeat(columnOf(text, startOf(property.items[0])))
  const custom = property.get('customProperties')
  if (!isSeq(custom)) {
    const at = endOf(text, property.range?.[1] ?? text.length)
    return { at, insert: `\n${indent}customProperties:\n${indent}  - { property: repairs, value: { ${entry} } }` }
  }
  const repairs = custom.items.find((item) => isMap(item) && item.get('property') === 'repairs')
  const known = isMap(repairs) ? repairs.get('value') : undefined
  if (isMap(known) && known.flow === true) {
    const brace = text.lastIndexOf('}', (known.range?.[1] ?? 1) - 1)
    const at = text.slice(0, brace).trimEnd().length
    return { at, insert: known.items.length === 0 ? ` ${entry} ` : `, ${entry}` }
  }
  if (isMap(known)) {
    const inner = ' '.repeat(columnOf(text, startOf(known.items[0])))
    return { at: endOf(text, known.range?.[1] ?? text.length), insert: `\n${inner}${entry}` }
  }
  const at = endOf(text, custom.range?.[1] ?? text.length)
  return { at, insert: `\n${indent}  - { property: repairs, value: { ${entry} } }` }
}
