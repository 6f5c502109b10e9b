import type { Difference } from '../../src/main/pipeline/run/comparison/shapes.ts'
import { plantedCompany, type PlantedDrift } from './daily-feeds.ts'

/** Whether a difference is about what was planted. */
export const isAbout: Readonly<Record<PlantedDrift, (difference: Difference) => boolean>> = {
  shifted_amounts: ({ relation, column }) => relation === 'claims' && column === 'amount',
  new_carrier: ({ relation, column }) => relation === 'plans' && column === 'carrier_name',
  nulls_in_company: ({ column, company }) => column === 'plan_id' && company === plantedCompany,
  lost_company: ({ relation, metric, company }) =>
    relation === 'claims' && metric === 'rows' && company === plantedCompany,
  swapped_columns: ({ relation, column }) => relation === 'claims' && (column === 'person_id' || column === 'plan_id'),
  wrong_weekday: ({ relation, metric, column }) => relation === 'claims' && metric === 'rows' && column === null,
}

export const plantedDrifts = Object.keys(isAbout) as PlantedDrift[]
