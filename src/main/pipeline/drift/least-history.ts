/** What learns from history says nothing before it has so many good points to go by. */
export const leastHistory = 8

/** From so many points on, what a metric varies by is learned from them alone. */
export const enoughHistory = 30
