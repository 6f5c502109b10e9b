import type { ModelNode } from '#features/models'
import { formatCount } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { Change } from '../../ui/change.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { nodeHeight, nodeWidth, type Place } from './lay-out-graph.ts'
import { layers } from './layers.ts'

interface GraphNodeProps {
  readonly node: ModelNode
  readonly place: Place | undefined
  onPoint(name: string | null): void
}

/** One model or source in the picture: name, layer, rows, change, and how its checks went. */
export function GraphNode({ node, place, onPoint }: GraphNodeProps) {
  const { word, icon: Icon } = layers[node.layer]
  const change = node.rows === null || node.previous_rows === null ? null : node.rows - node.previous_rows
  return (
    <li style={{ left: place?.left, top: place?.top, width: nodeWidth, height: nodeHeight }}>
      <a
        className={`graph-node graph-node-${node.layer}`}
        href={hrefTo('models', node.name)}
        title={node.description}
        onPointerEnter={() => onPoint(node.name)}
        onPointerLeave={() => onPoint(null)}
        onFocus={() => onPoint(node.name)}
        onBlur={() => onPoint(null)}
      >
        <span className="graph-node-name">{node.name}</span>
        <span className="graph-node-rows">
          <Icon aria-hidden="true" />
          <span className="visually-hidden">{word},</span>
          {node.rows === null ? 'not built yet' : `${formatCount(node.rows)} rows`}
          {change !== null && change !== 0 && <Change value={change} isFirst="" />}
        </span>
        {node.state === 'none' ? <span className="soft">{word}</span> : <StatusBadge status={node.state} />}
      </a>
    </li>
  )
}
