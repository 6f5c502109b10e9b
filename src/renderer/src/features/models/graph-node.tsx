import type { ModelNode } from '#features/models'
import { plural } from '../../lib/format.ts'
import { Change } from '../../ui/change.tsx'
import { RowsTrend } from '../../ui/charts/rows-trend.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { layers } from './layers.ts'

interface GraphNodeProps {
  readonly node: ModelNode
  /** Its rows in the latest runs. */
  readonly trend: readonly number[] | undefined
}

/** What the picture says of a model or source: layer, rows, change, and how its checks went. */
export function GraphNode({ node, trend }: GraphNodeProps) {
  const { word, icon: Icon } = layers[node.layer]
  const change = node.rows === null || node.previous_rows === null ? null : node.rows - node.previous_rows
  return (
    <>
      <span className="graph-node-rows">
        <Icon aria-hidden="true" />
        <span className="visually-hidden">{word},</span>
        {node.rows === null ? 'not built yet' : plural(node.rows, 'row')}
        {change !== null && change !== 0 && <Change value={change} isFirst="" />}
      </span>
      <span className="graph-node-state">
        {node.state === 'none' ? <span className="soft">{word}</span> : <StatusBadge status={node.state} />}
        <RowsTrend values={trend} />
      </span>
    </>
  )
}
