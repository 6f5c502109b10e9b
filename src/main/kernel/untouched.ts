/** What errors say of what readers see, where a run ends before it is published. */
export const untouched = 'Nothing of this run was published; what was published before is untouched.'
