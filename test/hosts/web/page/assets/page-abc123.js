export const sample = 'page'
