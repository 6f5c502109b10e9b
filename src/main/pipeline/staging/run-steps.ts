import { inTransaction, type Connection } from '../../store/database.ts'

/** The steps of a run that are done. A run that is resumed takes what came of them and does not do them again. */
export interface RunSteps {
  /** What came of a step; undefined where it is not done. */
  resultOf(step: string): unknown
  /** Does a step in one transaction with the note that it is done; where it is done already, gives what came of it. */
  once<Result>(step: string, work: () => Result): Result
  /** Notes what came of a step that is done anew each time. */
  note(step: string, result: unknown): void
}

/** Opens the record of a run's steps; their results are plain data. */
export function openSteps(connection: Connection, runId: number): RunSteps {
  const find = connection.prepare('SELECT result FROM assay_run_step WHERE run_id = ? AND step = ?').pluck()
  const note = connection.prepare('INSERT OR REPLACE INTO assay_run_step VALUES (?, ?, ?)')
  function resultOf(step: string): unknown {
    const json = find.get(runId, step) as string | undefined
    return json === undefined ? undefined : JSON.parse(json)
  }
  return {
    resultOf,
    once<Result>(step: string, work: () => Result) {
      const known = resultOf(step)
      if (known !== undefined) return known as Result
      return inTransaction(connection, () => {
        const result = work()
        note.run(runId, step, JSON.stringify(result))
        return result
      })
    },
    note(step, result) {
      note.run(runId, step, JSON.stringify(result))
    },
  }
}

/** The names of the steps. */
export const stepNames = {
  /** Taking note of what the run rests on. */
  basis: 'basis',
  /** Judging known records of a source again. */
  judge: (source: string) => `judge ${source}`,
  /** Replacing a source by what was ever delivered of it. */
  refresh: (source: string) => `refresh ${source}`,
  /** All of a source, its book included; gives the arrival number after it. */
  stage: (source: string) => `stage ${source}`,
  enrich: (enrichment: string) => `enrich ${enrichment}`,
  /** Running the unit tests of models; gives of what each was tested, so that a later run knows whether it still is that. */
  unitTests: 'unit tests',
  /** Measuring all that the run changed. */
  measure: 'measure',
}
