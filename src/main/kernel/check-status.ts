/** How a check or a guard came out; of a check by its severity `warn` or `fail`. */
export const checkStatuses = ['pass', 'warn', 'fail'] as const

export type CheckStatus = (typeof checkStatuses)[number]
