import { modelsMethods } from '#features/models'
import type { RunDetail, RunProgress, SourceBook } from '#features/runs'
import { formatDuration, plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { GraphPicture } from '../../ui/graph-picture.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge, type Status } from '../../ui/status-badge.tsx'
import { Elapsed } from './elapsed.tsx'
import { stepStatus } from './step-status.ts'

interface Step {
  readonly status: Status
  readonly word?: string
  readonly rows: number | null
  readonly seconds: number | null
  /** Of a step that goes on. */
  readonly startedAt?: string | null
}

interface RunGraphProps {
  readonly run: RunDetail
  /** While the run is going on. */
  readonly progress: RunProgress | null
}

/** The models of a run as a picture: state, rows and time of each, while it goes on and afterwards. */
export function RunGraph({ run, progress }: RunGraphProps) {
  const { data: graph, error } = useQuery(modelsMethods.graph, {}, { keepPrevious: true })
  if (error !== null) return <ErrorNotice error={error} />
  if (graph === undefined) return <Skeleton lines={4} />
  const steps = progress === null ? stepsOf(run) : liveSteps(progress)
  const without = run.status === 'failed' || run.status === 'cancelled' ? notReached : nothing
  return (
    <GraphPicture
      isInline
      label="Models of this run as a picture"
      edges={graph.edges}
      nodes={graph.nodes.map(({ name, layer, description }) => {
        const step = steps.get(name)
        return {
          name,
          href: hrefTo('models', name, layer === 'source' ? {} : { tab: 'profile' }),
          title: description,
          isOutside: layer === 'source',
          isRunning: step?.status === 'running',
          content: <StepText step={step ?? without} />,
        }
      })}
    />
  )
}

const nothing: Step = { status: 'skipped', word: 'No step of its own', rows: null, seconds: null }
const notReached: Step = { ...nothing, word: 'Not reached' }

function StepText({ step }: { readonly step: Step }) {
  const facts = [
    step.rows === null ? null : plural(step.rows, 'row'),
    step.seconds === null ? null : formatDuration(step.seconds),
  ].filter((fact) => fact !== null)
  const startedAt = step.status === 'running' ? (step.startedAt ?? null) : null
  return (
    <>
      <StatusBadge status={step.status} {...(step.word === undefined ? {} : { word: step.word })} />
      <span className="soft">
        {facts.length === 0 && startedAt === null && '–'}
        {facts.join(', ')}
        {startedAt !== null && (
          <>
            {facts.length > 0 && ', '}
            <Elapsed since={startedAt} />
          </>
        )}
      </span>
    </>
  )
}

function liveSteps({ sources, models }: RunProgress): ReadonlyMap<string, Step> {
  return new Map<string, Step>([
    ...sources.map(({ name, state, rows_read, seconds, started_at: startedAt }): [string, Step] => [
      name,
      { status: stepStatus(state), rows: state === 'waiting' ? null : rows_read, seconds, startedAt },
    ]),
    ...models.map(({ name, state, rows, seconds, started_at: startedAt }): [string, Step] => [
      name,
      { status: stepStatus(state), rows, seconds, startedAt },
    ]),
  ])
}

/** How the run ended, model by model; one that it did not come to has no record. */
function stepsOf(run: RunDetail): ReadonlyMap<string, Step> {
  // A run that failed names the model it failed at, one that a guard blocked the model that was guarded.
  const stoppedAt = run.status === 'failed' || run.status === 'blocked' ? placeOf(run) : undefined
  const built = run.models.find(({ name }) => name === stoppedAt)
  return new Map<string, Step>([
    ...Object.entries(run.sources).map(([name, book]): [string, Step] => [name, sourceStep(run, name, book)]),
    ...run.models.map(({ name, rows, seconds, built: scope }): [string, Step] => {
      const failed = run.checks.some((check) => check.model === name && check.status === 'fail')
      const warned = run.checks.some((check) => check.model === name && check.status === 'warn')
      const status = failed ? 'fail' : warned ? 'warn' : scope !== null ? 'done' : 'unchanged'
      return [name, { status, rows, seconds, ...(failed ? { word: 'Check failed' } : {}) }]
    }),
    ...(stoppedAt === undefined
      ? []
      : [
          [
            stoppedAt,
            { status: 'fail', word: 'Stopped here', rows: built?.rows ?? null, seconds: built?.seconds ?? null },
          ] as const,
        ]),
  ])
}

/** A model that was refused is named by its file. */
function placeOf({ error }: RunDetail): string | undefined {
  return error?.place.table ?? /([^/\\]+)\.sql$/.exec(error?.place.file ?? '')?.[1]
}

function sourceStep(run: RunDetail, name: string, book: SourceBook): Step {
  // A rerun comes to every source, and finds nothing to do there.
  if (run.kind !== 'feeds' && book.released + book.withdrawn === 0)
    return { status: 'unchanged', rows: null, seconds: null }
  return { status: 'done', rows: book.rows_read, seconds: run.source_seconds[name] ?? null }
}
