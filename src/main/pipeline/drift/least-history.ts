/** What learns from history says nothing before it has so many good points to go by. */
export const leastHistory = 8
