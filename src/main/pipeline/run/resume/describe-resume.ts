import type { Project } from '../../project/project.ts'
import type { ResumedRun } from './plan-resume.ts'

/** What a resumed run does not do again, in a sentence. */
export function describeResume({ sources, models }: ResumedRun, project: Project): string {
  const built = [...models].filter((name) => project.models.has(name)).length
  if (sources.size === 0) return 'The run was resumed: nothing of it had been done.'
  const staged = `${sources.size} of ${project.contracts.size} sources were staged`
  return `The run was resumed where it had stopped: ${staged} and ${built} of ${project.models.size} models built already.`
}

/** That a run could not be resumed, why, and what became of it. */
export function describeFreshStart(runId: number, reason: string, isSetAside: boolean): string {
  return `Run ${runId} could not be resumed, since ${reason}. It was ${isSetAside ? 'set aside' : 'taken back'}, and this run starts over.`
}
