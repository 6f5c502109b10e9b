/** Gives the values, by number, that may lie within the radius of a value, some of them more than once. */
export type Neighbours = (value: number, visit: (neighbour: number) => void) => void
