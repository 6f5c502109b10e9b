import type { Command } from 'commander'
import { rowAge, rowState } from '#features/quarantine'
import type { QuarantineFilter } from '#features/quarantine'
import { collect, collectNumbers, collectOneOf, collectText, nonEmpty } from '../../options.ts'

/** What narrows the quarantine. `for` holds reasons where `--reason` says why something is done. */
export interface FilterOptions {
  readonly source?: readonly string[]
  readonly reason?: readonly string[] | string
  readonly for?: readonly string[]
  readonly field?: readonly string[]
  readonly rule?: readonly string[]
  readonly value?: readonly string[]
  readonly company?: readonly string[]
  readonly file?: readonly string[]
  readonly run?: readonly number[]
  readonly state?: NonNullable<QuarantineFilter['state']>
  readonly age?: NonNullable<QuarantineFilter['age']>
  readonly waiting?: true
  readonly text?: string
}

/** Adds the filters; `reasonOption` is the name of the one by reason. The same option twice means either, several options mean all. */
export function addFilterOptions(command: Command, reasonOption: '--reason' | '--for' = '--reason'): Command {
  const { options: ages } = rowAge
  const { options: states } = rowState
  return command
    .option('--source <name>', 'rows of this source', collect)
    .option(`${reasonOption} <field: rule>`, 'held back for this reason, as facets names it', collect)
    .option('--field <name>', 'held back for this field', collect)
    .option('--rule <name>', 'held back by this rule', collect)
    .option('--value <text>', 'with this cell, as delivered, that broke a rule', collectText)
    .option('--company <ein>', 'of this company', collect)
    .option('--file <name>', 'from this feed file', collect)
    .option('--run <n>', 'first seen by this run', collectNumbers)
    .option('--state <state>', `in this state: ${states.join(', ')}`, collectOneOf(states))
    .option('--age <age>', `first seen this long ago: ${ages.join(', ')}`, collectOneOf(ages))
    .option('--waiting', 'with changes that wait for a replay')
    .option('--text <text>', 'with this text in the record or its row id', nonEmpty)
}

/** The filter that the options mean; empty where none was given. */
export function filterOf(options: FilterOptions): QuarantineFilter {
  const { source, field, rule, value, company, file, run, state, age, waiting, text } = options
  const reason = options.for ?? (typeof options.reason === 'string' ? undefined : options.reason)
  const lists = { source, reason, field, rule, value, company, file, run, state, age }
  const given = Object.entries(lists).filter(([, values]) => values !== undefined)
  return {
    ...(Object.fromEntries(given) as QuarantineFilter),
    ...(waiting && { waiting }),
    ...(text !== undefined && { text }),
  }
}
