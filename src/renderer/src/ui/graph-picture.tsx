import { useMemo, useRef, useState, type ReactNode } from 'react'
import { layOutGraph, nodeHeight, nodeWidth } from '../lib/lay-out-graph.ts'
import { useFit } from './use-fit.ts'
import './graph-picture.css'

export interface PictureNode {
  readonly name: string
  readonly href: string
  /** A tooltip. */
  readonly title?: string
  /** Stands apart from the others, as what comes in from outside. */
  readonly isOutside?: boolean
  readonly isRunning?: boolean
  /** What stands below the name. */
  readonly content: ReactNode
}

interface GraphPictureProps {
  /** Names the picture for screen readers. */
  readonly label: string
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly { readonly from: string; readonly to: string }[]
  /** As high as its content, where it stands among other things; else it fills what there is. */
  readonly isInline?: boolean
}

/** Who reads whom, from left to right; each node leads somewhere. */
export function GraphPicture({ label, nodes, edges, isInline = false }: GraphPictureProps) {
  const shape = JSON.stringify([nodes.map((node) => node.name), edges])
  const layout = useMemo(() => {
    const [names, all] = JSON.parse(shape) as [string[], GraphPictureProps['edges']]
    return layOutGraph(names, all)
  }, [shape])
  const [pointed, setPointed] = useState<string | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const scale = useFit(frame, layout.width, isInline ? 0 : layout.height)

  // From left to right and from top to bottom, so that Tab walks the picture as one reads it.
  const inOrder = nodes.toSorted((one, other) => {
    const first = layout.places.get(one.name)
    const second = layout.places.get(other.name)
    return (first?.left ?? 0) - (second?.left ?? 0) || (first?.top ?? 0) - (second?.top ?? 0)
  })
  return (
    <div className={isInline ? 'graph graph-inline' : 'graph'} ref={frame} data-pane="" tabIndex={-1}>
      <div className="graph-space" style={{ width: layout.width * scale, height: layout.height * scale }}>
        <div
          className="graph-picture"
          style={{ width: layout.width, height: layout.height, transform: `scale(${scale})` }}
        >
          <svg width={layout.width} height={layout.height} aria-hidden="true">
            {edges.map((edge, index) => (
              <path
                key={`${edge.from} ${edge.to}`}
                d={layout.paths[index]}
                className={
                  pointed === edge.from || pointed === edge.to ? 'graph-edge graph-edge-pointed' : 'graph-edge'
                }
              />
            ))}
          </svg>
          <ul aria-label={label}>
            {inOrder.map((node) => {
              const place = layout.places.get(node.name)
              const leave = () => setPointed(null)
              const point = () => setPointed(node.name)
              return (
                <li
                  key={node.name}
                  style={{ left: place?.left, top: place?.top, width: nodeWidth, height: nodeHeight }}
                >
                  <a
                    className={classOf(node)}
                    href={node.href}
                    title={node.title}
                    onPointerEnter={point}
                    onPointerLeave={leave}
                    onFocus={point}
                    onBlur={leave}
                  >
                    <span className="graph-node-name">{node.name}</span>
                    {node.content}
                  </a>
                </li>
              )
            })}
          </ul>
        </div>
      </div>
    </div>
  )
}

function classOf({ isOutside = false, isRunning = false }: PictureNode): string {
  return `graph-node${isOutside ? ' graph-node-outside' : ''}${isRunning ? ' graph-node-running' : ''}`
}
