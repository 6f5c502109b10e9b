import { dirname } from 'node:path'
import type { CheckResult, ModelResult, RunDetail, RunStatus, SourceBook } from '#features/runs'
import { change, count, duration } from './numbers.ts'
import { printable } from './printable.ts'
import { section, styled } from './table.ts'
import type { Column } from './table.ts'

/** A run as text for a person: what came of it, its books, models, checks, files and exports. */
export function runSummary(run: RunDetail): string {
  return [
    headline(run),
    ...(run.resumption === null ? [] : [`  ${run.resumption}`]),
    ...sourceLines(run),
    ...section(
      'Models',
      modelColumns,
      run.models.map((model) => [
        model.name,
        count(model.rows),
        change(model.rows, model.previous_rows),
        duration(model.seconds),
        builtText(model.built),
      ]),
    ),
    ...checkLines(run.checks),
    ...section(
      'Guards',
      [{ title: 'model' }, { title: 'guard' }, { title: 'status' }, { title: 'what it says' }],
      run.guards.map(({ model, guard, status, message }) => [model, guard.replace('_', ' '), status, message]),
    ),
    ...section(
      'Held back, as they were before',
      [{ title: 'part' }, { title: 'check' }, { title: 'rows of run', align: right }],
      run.held.map((part) => [
        `${part.column} ${part.value}`,
        part.check,
        part.since_run === 0 ? 'none' : String(part.since_run),
      ]),
    ),
    ...section(
      'Rejected files',
      [{ title: 'file' }, { title: 'reason' }],
      run.rejected_files.map(({ file, reason }) => [file, reason]),
    ),
    ...section('Exports', [{ title: 'folder' }, { title: 'files', align: 'right' }], exportCells(run.exports)),
  ].join('\n')
}

const colours = { published: 'green', blocked: 'red', failed: 'red', cancelled: 'yellow', running: 'yellow' } as const

const outcomes: Record<RunStatus, string> = {
  published: 'published',
  blocked: 'blocked, nothing of it is published',
  failed: 'failed, nothing of it is published',
  cancelled: 'cancelled, nothing of it is published',
  running: 'running',
}

const fromInput = ({ input }: RunDetail) => (input === '' ? 'from the staged rows' : `from ${printable(input)}`)

const origins: Record<RunDetail['purpose'], (run: RunDetail) => string> = {
  feeds: fromInput,
  rerun: (run) => `a rerun ${fromInput(run)}`,
  backfill: (run) => `a backfill ${fromInput(run)}`,
  full_refresh: ({ input }) =>
    `a full refresh${input === '' ? '' : ` with ${printable(input)}`}, from all that was ever delivered`,
  replay: fromInput,
  preview: () => 'the preview of a replay',
}

function headline(run: RunDetail): string {
  const isPreview = run.kind === 'preview' && run.status === 'cancelled' && run.error === null
  const isPart = run.status === 'published' && run.held_parts > 0
  const status = isPreview
    ? styled('bold', 'built aside, nothing of it is published')
    : styled(['bold', isPart ? 'yellow' : colours[run.status]], isPart ? 'published in part' : outcomes[run.status])
  const took = run.seconds === null ? '' : `, in ${duration(run.seconds)}`
  return `Run ${run.run_id} ${status}: as of ${run.as_of}${took}, ${origins[run.purpose](run)}`
}

const right = 'right'

/** The books of the sources; that rows were withdrawn, or are in files known from before, is shown only where some were. */
function sourceLines({ sources, files }: RunDetail): readonly string[] {
  const knownOf = (source: string) =>
    files.reduce((rows, file) => rows + (file.is_known && file.source === source ? file.rows_read : 0), 0)
  const hasKnown = files.some((file) => file.is_known)
  const hasWithdrawn = Object.values(sources).some(({ withdrawn }) => withdrawn !== 0)
  const columns: readonly Column[] = [
    { title: 'source' },
    { title: 'read', align: right },
    ...(hasKnown ? [{ title: 'known', align: right } as const] : []),
    { title: 'released', align: right },
    ...(hasWithdrawn ? [{ title: 'withdrawn', align: right } as const] : []),
    { title: 'inserted', align: right },
    { title: 'updated', align: right },
    { title: 'unchanged', align: right },
    { title: 'superseded', align: right },
    { title: 'quarantined', align: right },
    { title: 'books' },
    { title: 'high-water mark' },
  ]
  const cells = ([name, book]: readonly [string, SourceBook]) => [
    name,
    count(book.rows_read - knownOf(name)),
    ...(hasKnown ? [count(knownOf(name))] : []),
    count(book.released),
    ...(hasWithdrawn ? [count(book.withdrawn)] : []),
    count(book.inserted),
    count(book.updated),
    count(book.unchanged),
    count(book.superseded),
    count(book.quarantined),
    balance(book),
    book.high_water_mark ?? '',
  ]
  return section('Sources', columns, Object.entries(sources).map(cells))
}

function balance(book: SourceBook): string {
  const into = book.rows_read + book.released + book.withdrawn
  const out = book.inserted + book.updated + book.unchanged + book.superseded + book.quarantined
  return into === out ? 'balance' : `${count(Math.abs(into - out))} rows ${into > out ? 'missing' : 'too many'}`
}

const modelColumns: readonly Column[] = [
  { title: 'model' },
  { title: 'rows', align: right },
  { title: 'change', align: right },
  { title: 'took', align: right },
  { title: 'built' },
]

function builtText(built: ModelResult['built']): string {
  if (built === undefined) return ''
  return built === null ? 'left as it was' : { whole: 'all of it', part: 'what changed' }[built]
}

const checkColumns: readonly Column[] = [
  { title: 'check' },
  { title: 'model' },
  { title: 'status' },
  { title: 'failures', align: right },
  { title: 'blocks' },
]

/** Counts of all checks, and by name those that a person should look at. */
function checkLines(checks: readonly CheckResult[]): readonly string[] {
  if (checks.length === 0) return []
  const having = (status: CheckResult['status']) => checks.filter((check) => check.status === status)
  const noted = [...having('fail'), ...having('warn')]
  const counts = `${count(having('pass').length)} passed, ${count(having('warn').length)} warned, ${count(having('fail').length)} failed`
  return [
    ...(noted.length === 0 ? ['', styled('bold', 'Checks')] : section('Checks', checkColumns, noted.map(checkCells))),
    `  ${counts}`,
  ]
}

function checkCells(check: CheckResult): readonly string[] {
  return [
    check.name,
    check.model,
    check.status,
    count(check.failures),
    check.blocking && check.status === 'fail' ? 'yes' : 'no',
  ]
}

function exportCells(paths: readonly string[]): readonly (readonly string[])[] {
  return [...Map.groupBy(paths, dirname)].map(([folder, files]) => [folder, count(files.length)])
}
