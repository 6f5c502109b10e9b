import { modelsMethods } from '#features/models'
import type { RunDetail, RunProgress } from '#features/runs'
import { formatDuration, plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { GraphPicture } from '../../ui/graph-picture.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge, type Status } from '../../ui/status-badge.tsx'

interface Step {
  readonly status: Status
  readonly word?: string
  readonly rows: number | null
  readonly seconds: number | null
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
          content: <StepText step={step ?? nothing} />,
        }
      })}
    />
  )
}

const nothing: Step = { status: 'skipped', word: 'No step of its own', rows: null, seconds: null }

function StepText({ step }: { readonly step: Step }) {
  const facts = [
    step.rows === null ? null : plural(step.rows, 'row'),
    step.seconds === null ? null : formatDuration(step.seconds),
  ].filter((fact) => fact !== null)
  return (
    <>
      <StatusBadge status={step.status} {...(step.word === undefined ? {} : { word: step.word })} />
      <span className="soft">{facts.length === 0 ? '–' : facts.join(', ')}</span>
    </>
  )
}

function liveSteps({ sources, models }: RunProgress): ReadonlyMap<string, Step> {
  const statusOf = (state: RunProgress['models'][number]['state']): Status => (state === 'failed' ? 'fail' : state)
  return new Map([
    ...sources.map(
      ({ name, state, rows_read: rows }) => [name, { status: statusOf(state), rows, seconds: null }] as const,
    ),
    ...models.map(({ name, state, rows, seconds }) => [name, { status: statusOf(state), rows, seconds }] as const),
  ])
}

/** How the run ended, model by model; one that it did not come to has no record. */
function stepsOf(run: RunDetail): ReadonlyMap<string, Step> {
  // A run that failed names the model it failed at, one that a guard blocked the model that was guarded.
  const stoppedAt = run.status === 'failed' || run.status === 'blocked' ? run.error?.place.table : undefined
  const built = run.models.find(({ name }) => name === stoppedAt)
  return new Map<string, Step>([
    ...Object.entries(run.sources).map(([name, book]): [string, Step] => [
      name,
      { status: 'done', rows: book.rows_read, seconds: null },
    ]),
    ...run.models.map(({ name, rows, seconds }): [string, Step] => {
      const failed = run.checks.some((check) => check.model === name && check.status === 'fail')
      const warned = run.checks.some((check) => check.model === name && check.status === 'warn')
      const status = failed ? 'fail' : warned ? 'warn' : 'done'
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
