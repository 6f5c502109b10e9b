import type { OutputOf } from '#protocol/method'
import type { incidentMethods } from '#features/incident'

/** All that the incident page shows. */
export type Incident = OutputOf<typeof incidentMethods.show>
