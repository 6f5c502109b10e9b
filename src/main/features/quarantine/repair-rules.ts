import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputOf } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { readKnownRecords } from '../../pipeline/amendment/judge-known-records.ts'
import { compileRecordJudge } from '../../pipeline/amendment/judge-record.ts'
import { loadAmendments } from '../../pipeline/amendment/load-amendments.ts'
import { addRepairRule } from '../../pipeline/project/add-repair-rule.ts'
import type { Project } from '../../pipeline/project/project.ts'
import { offerRules, type RuleOffer } from '../../pipeline/repair/offer-rules.ts'
import type { SourceContract } from '../../pipeline/contract/source-contract.ts'
import { withRule, type Desk } from './desk.ts'
import type { quarantineMethods } from './protocol.ts'
import { judgedForPerson } from './show-row.ts'

type Preview = OutputOf<typeof quarantineMethods.previewRule>

interface Rule {
  readonly source: string
  readonly field: string
  readonly from: string
  readonly to: string
}

/** Rules that three or more corrections alike suggest, and that the contract does not have. */
export function listOffers({ connection, contracts }: Desk): RuleOffer[] {
  const made = connection
    .prepare(
      `SELECT a.source, a.field, a.raw_value, coalesce(a.new_value, '') AS new_value, a.identity FROM assay_amendment AS a
      JOIN assay_operation AS o USING (operation_id)
      WHERE a.kind = 'correct' AND a.was_wrong AND o.undone_by IS NULL AND a.field <> 'row' AND a.raw_value IS NOT NULL AND a.new_value IS NOT NULL`,
    )
    .all() as { source: string; field: string; raw_value: string; new_value: string; identity: string }[]
  return offerRules(made).filter(({ source, field, from }) => {
    const known = contracts.get(source)?.fields.find(({ name }) => name === field)?.repairs ?? {}
    return !Object.hasOwn(known, from)
  })
}

/** Every record that the workspace keeps on which the rule would tell, and what it would become. */
export function previewRule(
  desk: Desk,
  project: Project,
  rule: Rule & { readonly offset: number; readonly limit: number },
): Preview {
  const { connection } = desk
  const { source, field, from, offset, limit } = rule
  const contract = desk.contractOf(source)
  const judgeWith = compileRecordJudge(
    withRule(contract, rule),
    desk.contextOf(source),
    loadAmendments(connection, 'in force', desk.asOf()).get(source) ?? new Map(),
  )
  const arrivals = connection
    .prepare(
      `SELECT arrival FROM assay_record WHERE source = ? AND cells IS NOT NULL AND trim(cells ->> ?) = ? ORDER BY arrival`,
    )
    .pluck()
    .all(source, `$."${field}"`, from) as number[]
  const rows: Preview['rows'] = []
  let total = 0
  let becomeValid = 0
  for (const record of readKnownRecords(connection, arrivals, desk.publishedRun())) {
    const judged = judgeWith(record, record.parseFinding)
    if (judged.verdict.isValid && record.state === 'open') becomeValid += 1
    if (total >= offset && rows.length < limit)
      rows.push({
        id: record.arrival,
        row_id: `${record.file}:${record.line}`,
        state: record.state,
        becomes_valid: judged.verdict.isValid,
        reasons: judgedForPerson(desk, record, judged).reasons,
      })
    total += 1
  }
  const path = contractPath(project, contract)
  const { text } = addRepairRule(readFileSync(path, 'utf8'), path, rule)
  return { text: addedLines(readFileSync(path, 'utf8'), text), path, rows, total, become_valid: becomeValid }
}

/** The file of a source's contract. */
export function contractPath({ folder }: Project, { name }: SourceContract): string {
  return join(folder, 'contracts', `${name}.yml`)
}

/** The lines of a text that another one does not have, with the column they belong to. */
function addedLines(before: string, after: string): string {
  const known = new Set(before.split('\n'))
  return after
    .split('\n')
    .filter((line) => !known.has(line))
    .join('\n')
}

/** Refuses a rule that would say nothing: the text is valid as it is, or what it is to become is not. */
export function checkRule(desk: Desk, { source, field, from }: Rule): void {
  const known = desk.contractOf(source).fields.find(({ name }) => name === field)
  if (known !== undefined && known.form.kind !== 'text' && known.form.kind !== 'alias' && known.form.kind !== 'pairs')
    return
  throw new AppError('USAGE', `${source}.${field} takes any text: "${from}" breaks no form that a rule could mend.`, {
    place: { field },
    saved: 'Nothing was changed.',
    hint: 'Correct the rows instead.',
  })
}
