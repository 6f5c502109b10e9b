import type { GridApi, IRowNode, SelectionChangedEvent } from 'ag-grid-community'
import { useEffect, useRef } from 'react'

interface SelectionProps {
  readonly selection?: 'none' | 'some' | 'all'
  onSelect?(ids: readonly string[]): void
}

interface RowSelection<Row> {
  /** To be told of each key before the grid library hears it, which tells of keys only after the focus has moved. */
  keyDown(event: KeyboardEvent): void
  /** To be told of each press of the pointer. */
  pointerDown(): void
  /** To be told when the focus has come to a row; with keys held down, several are told of at once. */
  focused(node: IRowNode<Row>): void
  changed(event: SelectionChangedEvent<Row>): void
}

const moves = /^(Arrow|Page)(Up|Down)$/

/**
 * How rows are selected beyond what the grid library does by itself. With `onSelect`, Shift and the arrows select a range and the arrows
 * alone leave the selection as it is; without it, the selection is the row that the arrows have come to.
 */
export function useRowSelection<Row>(
  api: GridApi<Row> | null,
  latest: { readonly current: SelectionProps },
  selection: 'none' | 'some' | 'all' | undefined,
): RowSelection<Row> {
  const move = useRef<'follow' | 'extend' | null>(null)
  const anchor = useRef<number | null>(null)

  useEffect(() => {
    if (selection === 'none' || selection === 'all') api?.deselectAll()
  }, [api, selection])

  return {
    pointerDown() {
      move.current = null
    },
    keyDown({ key, ctrlKey, metaKey, shiftKey }) {
      if (key === 'Shift') return
      if (!moves.test(key) || ctrlKey || metaKey) {
        move.current = null
        return
      }
      if (!shiftKey) anchor.current = null
      else anchor.current ??= api?.getFocusedCell()?.rowIndex ?? null
      move.current = shiftKey ? 'extend' : latest.current.onSelect === undefined ? 'follow' : null
    },
    focused(node) {
      if (move.current === 'follow') node.setSelected(true, true)
      if (move.current === 'extend' && api !== null && anchor.current !== null && node.rowIndex !== null) {
        selectRange(api, anchor.current, node.rowIndex)
      }
    },
    changed({ api: changedApi }) {
      const ids = changedApi.getSelectedNodes().flatMap(({ id }) => (id === undefined ? [] : [id]))
      // All that is listed was chosen, which the grid itself shows by no row of its own.
      if (ids.length === 0 && latest.current.selection === 'all') return
      latest.current.onSelect?.(ids)
    },
  }
}

function selectRange<Row>(api: GridApi<Row>, from: number, to: number): void {
  const isInside = (index: number | null) =>
    index !== null && index >= Math.min(from, to) && index <= Math.max(from, to)
  const outside = api.getSelectedNodes().filter((node) => !isInside(node.rowIndex))
  const inside: IRowNode<Row>[] = []
  for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
    const node = api.getDisplayedRowAtIndex(index)
    if (node?.data !== undefined) inside.push(node)
  }
  api.setNodesSelected({ nodes: outside, newValue: false })
  api.setNodesSelected({ nodes: inside, newValue: true })
}
