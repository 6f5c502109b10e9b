/** What comes of a check that fails: `per` is the column whose values it holds back one by one. */
export function consequence({ blocking, per }: { readonly blocking: boolean; readonly per: string | null }): string {
  if (!blocking) return 'warns'
  return per === null ? 'blocks the run' : `holds back its ${per}`
}
