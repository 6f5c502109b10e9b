import { Network } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { OutputOf } from '#protocol/method'
import { modelsMethods } from '#features/models'
import { plural } from '../../lib/format.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { GraphNode } from './graph-node.tsx'
import { layOutGraph } from './lay-out-graph.ts'
import { useFit } from './use-fit.ts'
import './models-graph.css'

type ModelGraph = OutputOf<typeof modelsMethods.graph>

/** Who reads whom, as a picture; each node leads to its model. */
export function ModelsGraph() {
  const { data: graph, error } = useQuery(modelsMethods.graph, {}, { keepPrevious: true })
  const models = graph?.nodes.filter((node) => node.layer !== 'source') ?? []
  return (
    <Screen title="Models" facts={graph !== undefined && plural(models.length, 'model')}>
      {error !== null && <ErrorNotice error={error} />}
      {graph === undefined && error === null && <Skeleton />}
      {graph?.nodes.length === 0 && (
        <Empty icon={<Network />} title="The project has no models">
          <p>A model is one SELECT in a file of its own under the project’s models folder.</p>
        </Empty>
      )}
      {graph !== undefined && graph.nodes.length > 0 && <Picture graph={graph} />}
    </Screen>
  )
}

function Picture({ graph }: { readonly graph: ModelGraph }) {
  const shape = JSON.stringify([graph.nodes.map((node) => node.name), graph.edges])
  const layout = useMemo(() => {
    const [names, edges] = JSON.parse(shape) as [string[], ModelGraph['edges']]
    return layOutGraph(names, edges)
  }, [shape])
  const [pointed, setPointed] = useState<string | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const scale = useFit(frame, layout.width, layout.height)

  // From left to right and from top to bottom, so that Tab walks the picture as one reads it.
  const nodes = graph.nodes.toSorted((one, other) => {
    const first = layout.places.get(one.name)
    const second = layout.places.get(other.name)
    return (first?.left ?? 0) - (second?.left ?? 0) || (first?.top ?? 0) - (second?.top ?? 0)
  })
  return (
    <div className="graph" ref={frame} data-pane="" tabIndex={-1}>
      <div className="graph-space" style={{ width: layout.width * scale, height: layout.height * scale }}>
        <div
          className="graph-picture"
          style={{ width: layout.width, height: layout.height, transform: `scale(${scale})` }}
        >
          <svg width={layout.width} height={layout.height} aria-hidden="true">
            {graph.edges.map((edge, index) => (
              <path
                key={`${edge.from} ${edge.to}`}
                d={layout.paths[index]}
                className={
                  pointed === edge.from || pointed === edge.to ? 'graph-edge graph-edge-pointed' : 'graph-edge'
                }
              />
            ))}
          </svg>
          <ul aria-label="Models and sources">
            {nodes.map((node) => (
              <GraphNode key={node.name} node={node} place={layout.places.get(node.name)} onPoint={setPointed} />
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}
