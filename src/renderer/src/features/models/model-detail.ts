import type { OutputOf } from '#protocol/method'
import type { modelsMethods } from '#features/models'

/** All that a model's page shows. */
export type ModelDetail = OutputOf<typeof modelsMethods.show>
