import { quarantineMethods } from '#features/quarantine'
import type { RunDetail, RunProgress } from '#features/runs'
import { useQuery } from '../../lib/use-query.ts'
import { EffectTables } from '../../ui/effect-tables.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Section } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { BooksTable } from './books-table.tsx'
import { PublicationsSection } from './publications-section.tsx'
import { GatesOfRun, isHeld, type RunGates } from './run-gates.tsx'
import { limitWords } from './limit-words.ts'
import { RunGraph } from './run-graph.tsx'
import { ChecksTable, FilesTable, LogLines, ModelsTable } from './run-tables.tsx'
import { StageStrip } from './stage-strip.tsx'
import { stagesOf } from './stages.ts'

/** What came of a run that is over: its stages, models, gates, books, checks, files, exports and log. */
export function EndedRun({ run, gates }: { readonly run: RunDetail; readonly gates: RunGates }) {
  return (
    <>
      <StageStrip stages={stagesOf(run, isHeld(gates))} />
      {run.models.length > 0 && <Picture run={run} progress={null} />}
      <PublicationsSection runs={[run]} />
      {run.kind !== 'feeds' && run.status !== 'failed' && !run.is_undone && !run.is_set_aside && (
        <Effect runId={run.run_id} />
      )}
      <GatesOfRun run={run} gates={gates} />
      <Section title="Books">
        {Object.keys(run.sources).length === 0 ? (
          <p className="soft">The run ended before all sources were read, so there are no books.</p>
        ) : (
          <BooksTable sources={run.sources} />
        )}
        {run.limits.map((limit) => (
          <p key={limit.source} className="soft">
            {limitWords(limit)}
          </p>
        ))}
        {isHeld(gates) && <p className="soft">What a gate holds was not loaded, so it stands in no book.</p>}
      </Section>
      {run.rejected_files.length > 0 && (
        <Section title="Rejected files">
          {run.rejected_files.map(({ file, reason }) => (
            <p key={file}>
              <StatusBadge status="fail" word="Rejected" /> <strong>{file}</strong>: {reason}
            </p>
          ))}
        </Section>
      )}
      {run.models.length > 0 && (
        <Section title="Models">
          <ModelsTable models={run.models} />
        </Section>
      )}
      {run.checks.length > 0 && (
        <Section title="Checks">
          <ChecksTable run={run} />
        </Section>
      )}
      {run.files.length > 0 && (
        <Section title="Files">
          <FilesTable files={run.files} isPublished={run.status === 'published'} />
          {isHeld(gates) && (
            <p className="soft">
              What is quarantined here broke its contract in a delivery that a gate holds: it was not loaded, so it
              stands in no book and not in the quarantine.
            </p>
          )}
        </Section>
      )}
      {run.exports.length > 0 && (
        <Section title="Exports">
          <ul className="mono">
            {run.exports.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </Section>
      )}
      <LogSection run={run} />
    </>
  )
}

/** What a replay did to the models, or, as a preview, would have done. */
function Effect({ runId }: { readonly runId: number }) {
  const { data, error } = useQuery(quarantineMethods.effect, { run_id: runId, limit: 100 })
  return (
    <Section title="Effect">
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined && error === null && <Skeleton lines={4} />}
      {data !== undefined && <EffectTables effect={data} ifNone="No row of any model changed." />}
    </Section>
  )
}

export function LogSection({ run }: { readonly run: RunDetail }) {
  return (
    <Section title="Log">
      {run.input !== '' && (
        <p className="soft">
          Input: <span className="mono">{run.input}</span>
        </p>
      )}
      <LogLines lines={run.log} />
    </Section>
  )
}

/** The models as a picture, while they are built and afterwards. */
export function Picture({ run, progress }: { readonly run: RunDetail; readonly progress: RunProgress | null }) {
  return (
    <Section title="Flow of the data">
      <RunGraph run={run} progress={progress} />
    </Section>
  )
}
