import type { Command } from 'commander'
import type { OutputOf } from '#protocol/method'
import { incidentMethods } from '#features/incident'
import { count } from '../output/numbers.ts'
import { printJson, printResult } from '../output/print.ts'
import { section } from '../output/table.ts'
import { withEngine } from '../with-engine.ts'
import { addWorkspaceOptions, type WorkspaceOptions } from '../workspace-options.ts'

type Incident = OutputOf<typeof incidentMethods.show>

/** Adds `assay incident`: what broke in the latest run, and the ways out of it. */
export function addIncidentCommand(program: Command): void {
  addWorkspaceOptions(
    program.command('incident').description('what broke in the latest run, what can be done, and what was done'),
  ).action(showIncident)
}

async function showIncident(options: WorkspaceOptions): Promise<void> {
  const incident = await withEngine(options, (engine) => engine.call(incidentMethods.show, {}))
  if (options.json) return printJson(incident)
  printResult([headline(incident), ...details(incident), ...waysOut(incident)].join('\n'))
}

function headline({ run }: Incident): string {
  if (run === null) return 'The latest run went well.'
  return `Run ${run.run_id} was ${run.status === 'blocked' ? 'blocked' : 'broken off'}: as of ${run.as_of}, started by ${run.started_by}`
}

function details({ problems, targets, limits, actions }: Incident): readonly string[] {
  return [
    ...section(
      'What broke',
      [{ title: 'result' }, { title: 'found by' }, { title: 'model' }, { title: 'cause' }],
      problems.map(({ status, kind, model, message }) => [
        status === 'fail' ? 'stopped the run' : 'warning',
        kind.replace('_', ' '),
        model ?? '',
        message,
      ]),
    ),
    ...section(
      'Published runs',
      [{ title: 'run', align: 'right' }, { title: 'as of' }, { title: 'rows', align: 'right' }, { title: 'readers' }],
      targets.map((target) => [
        String(target.run_id),
        target.as_of,
        count(target.rows),
        target.is_current ? 'see this run' : '',
      ]),
    ),
    ...section(
      'Limits',
      [{ title: 'source' }, { title: 'rows a run', align: 'right' }, { title: 'without' }],
      limits.map(({ source, max_rows: most, companies }) => [
        source,
        most === null ? 'all' : count(most),
        companies.join(', '),
      ]),
    ),
    ...section(
      'What was done',
      [{ title: 'when' }, { title: 'who' }, { title: 'what' }, { title: 'reason' }],
      actions.map(({ at, who, what, reason }) => [at, who, what, reason]),
    ),
  ]
}

/** The steps of the incident page as commands, those that make sense now. */
function waysOut({ run, candidate_run: candidate, problems, targets }: Incident): readonly string[] {
  if (run === null) return []
  const isHeld = problems.some(({ kind, status }) => kind === 'gate' && status === 'fail')
  const model = problems.find((problem) => problem.model !== null)?.model ?? null
  const before = targets.find(({ is_current: isCurrent }) => !isCurrent)
  const commands = [
    ...(model === null ? [] : [['look closer', `assay profile ${model} --run ${run.run_id}`]]),
    ...(before === undefined ? [] : [['roll back', `assay rollback ${before.run_id} --reason TEXT`]]),
    ['limit what comes in', 'assay limits set SOURCE --max-rows N --without-company ID --reason TEXT'],
    ...(candidate === null ? [] : [['release', `assay runs release ${candidate} --reason TEXT`]]),
    ['run again', 'assay run --resume'],
    ...(isHeld ? [['let through', `assay gates allow ${run.run_id} --reason TEXT`]] : []),
  ]
  return section('What can be done', [{ title: 'step' }, { title: 'command' }], commands)
}
