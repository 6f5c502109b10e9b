import { readFileSync } from 'node:fs'
import { addRepairRule } from '../../pipeline/project/add-repair-rule.ts'
import { writeProjectFile } from '../../pipeline/project/write-project-file.ts'
import type { Project } from '../../pipeline/project/project.ts'
import type { Desk } from './desk.ts'
import { checkRule, contractPath } from './repair-rules.ts'

/** Writes a repair rule into the project's contract; the next run or replay judges what is held back by it. */
export function adoptRule(
  desk: Desk,
  project: Project,
  rule: { readonly source: string; readonly field: string; readonly from: string; readonly to: string },
): { path: string; line: number } {
  checkRule(desk, rule)
  const path = contractPath(project, desk.contractOf(rule.source))
  const { text, line } = addRepairRule(readFileSync(path, 'utf8'), path, rule)
  writeProjectFile(path, text)
  desk.learnRule(rule)
  return { path, line }
}
