import type { ModelNode } from '#features/models'
import { formatCount, plural } from '../../lib/format.ts'
import { Change } from '../../ui/change.tsx'
import { RowsTrend } from '../../ui/charts/rows-trend.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { layers } from './layers.ts'

interface GraphNodeProps {
  readonly node: ModelNode
  /** Its rows in the latest runs. */
  readonly trend: readonly number[] | undefined
}

/** What the picture says of a model or source: layer, rows, change, how its checks went, and what a candidate has otherwise. */
export function GraphNode({ node, trend }: GraphNodeProps) {
  const { word, icon: Icon } = layers[node.layer]
  const { rows, previous_rows: before, state } = node
  const candidate = differingCandidate(node)
  const change = rows === null || before === null || candidate !== null ? null : rows - before
  return (
    <>
      <span className="graph-node-rows">
        <Icon aria-hidden="true" />
        <span className="visually-hidden">{word},</span>
        {rows === null ? 'not built yet' : plural(rows, 'row')}
        {change !== null && change !== 0 && <Change value={change} isFirst="" />}
        {candidate !== null && (
          <span className="graph-node-candidate">
            <span aria-hidden="true">→ </span>
            <span className="visually-hidden">, in candidate run {candidate.run_id}: </span>
            {formatCount(candidate.rows ?? 0)}
          </span>
        )}
      </span>
      <span className="graph-node-state">
        {state === 'none' ? <span className="soft">{word}</span> : <StatusBadge status={state} />}
        {candidate !== null && candidate.state !== state && candidate.state !== 'none' ? (
          <StatusBadge status={candidate.state} word={stateWords[candidate.state]} />
        ) : (
          <RowsTrend values={trend} />
        )}
      </span>
    </>
  )
}

const stateWords = { pass: '→ passes', warn: '→ warns', fail: '→ fails' } as const

/** The candidate of a node, where it has other rows than readers see, or its checks went otherwise. */
export function differingCandidate({ candidate, state }: ModelNode): ModelNode['candidate'] {
  return candidate !== null && (candidate.is_changed || candidate.state !== state) ? candidate : null
}
