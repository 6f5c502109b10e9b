import { explainPlan, type Connection } from '../../store/database.ts'

/** A step of the plan by which SQLite runs a SELECT. */
export interface PlanStep {
  readonly id: number
  /** The step that it is a part of; 0 for none. */
  readonly parent: number
  /** In SQLite's words. */
  readonly detail: string
}

/** What a step costs, in words; null where there is nothing to say. `isCostly`: worth mending where there are many rows. */
export interface PlanNote {
  readonly text: string
  readonly isCostly: boolean
}

/** The plan of a SELECT. Nothing is run. */
export function readPlan(connection: Connection, select: string): readonly PlanStep[] {
  return explainPlan(connection, select).map(({ id, parent, detail }) => ({ id, parent, detail }))
}

/** Points out what reads all rows, sorts, or builds an index of its own. `steps` is the whole plan. */
export function noteOf(step: PlanStep, steps: readonly PlanStep[]): PlanNote | null {
  const { detail } = step
  const automatic = /^SEARCH (\S+) USING AUTOMATIC (?:PARTIAL )?(?:COVERING )?INDEX \((.*)\)/.exec(detail)
  if (automatic !== null) {
    const columns = (automatic[2] ?? '').replaceAll(/=\?/g, '').replaceAll(' AND ', ', ')
    return {
      text: `Missing index: one of ${automatic[1]} by ${columns} is built anew for every run of this SELECT.`,
      isCostly: true,
    }
  }
  const scan = /^SCAN (\S+)(?: USING (COVERING )?INDEX (\S+))?/.exec(detail)
  if (scan !== null && scan[1] !== 'CONSTANT') {
    const [, name = '', , index] = scan
    if (isInnerLoop(step, steps))
      return { text: `Full scan within a loop: ${name} is read whole for every row before it.`, isCostly: true }
    const how = index === undefined ? '' : `, in the order of the index ${index}`
    return { text: `Full scan: all rows of ${name} are read${how}.`, isCostly: false }
  }
  if (detail.startsWith('CORRELATED'))
    return { text: 'Runs once for every row of the query around it.', isCostly: true }
  const sort = /^USE TEMP B-TREE FOR (.*)/.exec(detail)
  if (sort !== null) return { text: `Sorts: no index gives the order for ${sort[1]}.`, isCostly: false }
  return null
}

/** In a join the loops stand in a row: one that comes after another runs within it. */
function isInnerLoop({ id, parent }: PlanStep, steps: readonly PlanStep[]): boolean {
  const loops = steps.filter((other) => other.parent === parent && /^(SCAN|SEARCH) /.test(other.detail))
  return loops.findIndex((other) => other.id === id) > 0
}

/** How two plans of a model differ, in words. */
export function comparePlans(before: readonly PlanStep[], now: readonly PlanStep[]): readonly string[] {
  const missing = (from: readonly PlanStep[], other: readonly PlanStep[]) => {
    const left = other.map(({ detail }) => detail)
    return from.flatMap(({ detail }) => {
      const at = left.indexOf(detail)
      if (at < 0) return [detail]
      left.splice(at, 1)
      return []
    })
  }
  return [
    ...missing(before, now).map((detail) => `No more: ${detail}`),
    ...missing(now, before).map((detail) => `New: ${detail}`),
  ]
}
