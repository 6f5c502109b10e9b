import type { Command } from 'commander'
import type { OutputOf } from '#protocol/method'
import { incidentMethods } from '#features/incident'
import { commandText, quoted } from '../output/command-text.ts'
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
  printResult([headline(incident), ...details(incident, options), ...waysOut(incident, options)].join('\n'))
}

function headline({ run, verdict }: Incident): string {
  const facts = run === null ? '.' : `: as of ${run.as_of}, started by ${run.started_by}`
  return [`${verdict.title}${facts}`, ...verdict.details].join('\n')
}

function details({ problems, held, targets, limits, actions }: Incident, options: WorkspaceOptions): readonly string[] {
  return [
    ...section(
      'What broke',
      [{ title: 'result' }, { title: 'found by' }, { title: 'model' }, { title: 'cause' }],
      problems.map(({ status, kind, gate, held: parts, model, message }) => [
        parts.length > 0 ? 'held back' : status === 'fail' ? 'stopped the run' : 'warning',
        [kind.replace('_', ' '), ...(gate === null ? [] : [gate])].join(': '),
        model ?? '',
        message,
      ]),
    ),
    ...section(
      'Held back by gates, as readers saw them before',
      [{ title: 'run', align: 'right' }, { title: 'company' }, { title: 'let through' }],
      (held?.companies ?? []).map((company) => [
        String(held?.run_id),
        company,
        commandText(`gates allow ${held?.run_id} --company ${quoted(company)} --reason TEXT`, options),
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
function waysOut(
  { run, candidate_run: candidate, set_aside_runs: setAside, problems, targets }: Incident,
  options: WorkspaceOptions,
): readonly string[] {
  if (run === null) return []
  const isHeld = problems.some(({ kind, status }) => kind === 'gate' && status === 'fail')
  const model = problems.find((problem) => problem.model !== null)?.model ?? null
  const current = targets.findIndex(({ is_current: isCurrent }) => isCurrent)
  const before = targets[current + 1]
  const failed = problems.flatMap(({ check, status }) => (check !== null && status === 'fail' ? [check] : []))
  const commands = [
    ...failed.map((check) => ['look at the rows', `checks show ${check} --run ${run.run_id}`]),
    ...(model === null ? [] : [['look closer', `profile ${model} --run ${run.run_id}`]]),
    ...(before === undefined ? [] : [['roll back', `rollback ${before.run_id} --reason TEXT`]]),
    ['limit what comes in', 'limits set SOURCE --max-rows N --without-company ID --reason TEXT'],
    ...(candidate === null ? [] : [['release', `runs release ${candidate} --reason TEXT`]]),
    ...setAside.flatMap((other) => [
      ['look at a run that is set aside', `runs inspect ${other}`],
      ['release it', `runs release ${other} --reason TEXT`],
    ]),
    ['run again', 'run --resume'],
    ...(isHeld ? [['let through', `gates allow ${run.run_id} --reason TEXT`]] : []),
  ]
  return section(
    'What can be done',
    [{ title: 'step' }, { title: 'command' }],
    commands.map(([step = '', words = '']) => [step, commandText(words, options)]),
  )
}
