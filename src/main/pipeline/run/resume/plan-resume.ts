import { existsSync } from 'node:fs'
import type { Connection } from '../../../store/database.ts'
import { isLiving } from '../../../store/versioned-table.ts'
import { hashFile } from '../../archive/hash-file.ts'
import { lookupSourcesOf } from '../../contract/source-contract.ts'
import { fingerprintOf } from '../../model/plan-build.ts'
import { createModelCompiler } from '../../model/compile-model.ts'
import type { Project } from '../../project/project.ts'
import { openSteps, stepNames, type RunSteps } from '../../staging/run-steps.ts'
import { enrichmentFingerprint } from '../models/enrichment-fingerprint.ts'
import type { FeedFile, Feeds } from '../sources/find-feeds.ts'
import { resumableRunOf } from './find-resumable.ts'
import { changeOfBasis, runBasis, type RunBasis } from './run-basis.ts'
import { modelRecordOf } from '../record/model-record.ts'
import type { RunRequest } from '../run-request.ts'

/** The run that is gone on with, and what of it stays as it is. */
export interface ResumedRun {
  readonly runId: number
  /** The sources that are staged. */
  readonly sources: ReadonlySet<string>
  /** The models and enrichments that are built. */
  readonly models: ReadonlySet<string>
}

export interface ResumeSite {
  readonly connection: Connection
  readonly project: Project
  readonly feeds: Feeds
  readonly request: RunRequest
  readonly asOf: number
}

/** What of a broken-off run still counts: its steps that rest on nothing that changed since. Gives the reason where none do. */
export function planResume(site: ResumeSite, runId: number): ResumedRun | { readonly refused: string } {
  const { connection, project, feeds, request, asOf } = site
  if (resumableRunOf(connection) !== runId) return { refused: 'what it had done is not there any more' }
  const steps = openSteps(connection, runId)
  const before = steps.resultOf(stepNames.basis) as RunBasis | undefined
  if (before === undefined) return { refused: 'it had not begun to read' }
  const changed = changeOfBasis(before, runBasis(connection, project, request, asOf))
  if (changed !== null) return { refused: changed }
  const contracts = [...project.contracts.values()]
  const sources = new Set(contracts.map(({ name }) => name).filter((name) => isStaged(steps, name)))
  for (const name of sources)
    if (!readTheSame(connection, runId, name, feeds.bySource.get(name) ?? []))
      return { refused: `the files of ${name} are not those that it read` }
  // A source that was judged by a look-up which is still to be read would be judged by an old one.
  const isAhead = contracts.some(
    (contract) =>
      (sources.has(contract.name) || isJudged(steps, contract.name)) &&
      lookupSourcesOf(contract).some((lookup) => !sources.has(lookup)),
  )
  if (isAhead) return { refused: 'a look-up is read that other sources were judged by' }
  const areAllStaged = contracts.every(({ name }) => sources.has(name))
  return { runId, sources, models: areAllStaged ? builtModels(site, runId, steps) : new Set() }
}

const isStaged = (steps: RunSteps, source: string) => steps.resultOf(stepNames.stage(source)) !== undefined
const isJudged = (steps: RunSteps, source: string) => steps.resultOf(stepNames.judge(source)) !== undefined

/** Whether files are those that the run read of a source, by name and content. */
function readTheSame(connection: Connection, runId: number, source: string, files: readonly FeedFile[]): boolean {
  const read = connection
    .prepare('SELECT file, bytes, sha256 FROM assay_run_file WHERE run_id = ? AND source = ? AND sha256 IS NOT NULL')
    .all(runId, source) as { file: string; bytes: number; sha256: string }[]
  const known = new Map(read.map((file) => [file.file, file]))
  return (
    known.size === files.length &&
    files.every(({ name, bytes }) => known.get(name)?.bytes === bytes) &&
    files.every(({ name, path }) => existsSync(path) && hashFile(path) === known.get(name)?.sha256)
  )
}

/** The models and enrichments that are built from what counts still, by the words that they have now. */
function builtModels({ connection, project, feeds, request, asOf }: ResumeSite, runId: number, steps: RunSteps) {
  const compiler = createModelCompiler(project, { condition: isLiving, asOf })
  const answers = request.kind === 'feeds' ? feeds.byEnrichment : null
  const built = new Set<string>()
  for (const name of project.buildOrder) {
    const enrichment = project.enrichments.get(name)
    const model = project.models.get(name)
    const reads = enrichment === undefined ? (model?.readsModels ?? []) : [enrichment.keys.model]
    if (!reads.every((read) => built.has(read))) continue
    const [then, now] =
      enrichment === undefined
        ? [modelRecordOf(connection, runId, name)?.fingerprint, model && fingerprintOf(model, compiler)]
        : [
            steps.resultOf(stepNames.enrich(name)),
            enrichmentFingerprint(enrichment, answers === null ? null : (answers.get(name) ?? [])),
          ]
    if (then !== undefined && then === now) built.add(name)
  }
  return built
}
