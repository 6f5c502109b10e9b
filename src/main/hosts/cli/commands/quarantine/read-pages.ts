import type { QuarantineFilter, QuarantineRow, RowTarget } from '#features/quarantine'
import { quarantineMethods } from '#features/quarantine'
import type { Transport } from '../../../../protocol/transport.ts'

/** As much as the engine gives at once. */
const pageSize = 1000

/** Gathers up to `limit` items of a list that is given in pages. */
export async function readPages<Item, Page extends { readonly total: number }>(
  limit: number,
  readPage: (page: { offset: number; limit: number }) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<{ readonly items: readonly Item[]; readonly last: Page }> {
  const items: Item[] = []
  for (;;) {
    const last = await readPage({ offset: items.length, limit: Math.min(pageSize, limit - items.length) })
    const got = itemsOf(last)
    items.push(...got)
    if (got.length === 0 || items.length >= Math.min(limit, last.total)) return { items, last }
  }
}

/** All rows that match a filter. */
export async function rowsThatMatch(engine: Transport, filter: QuarantineFilter): Promise<readonly QuarantineRow[]> {
  const { items } = await readPages(
    Infinity,
    (page) => engine.call(quarantineMethods.list, { filter, ...page }),
    ({ rows }) => rows,
  )
  return items
}

/** The ids of the rows that a target means now. */
export async function idsOf(engine: Transport, target: RowTarget): Promise<readonly number[]> {
  return 'ids' in target ? target.ids : (await rowsThatMatch(engine, target.filter)).map(({ id }) => id)
}
