import { Network } from 'lucide-react'
import { modelsMethods } from '#features/models'
import { plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useRowTrends } from '../../lib/use-row-trends.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { GraphPicture } from '../../ui/graph-picture.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { GraphNode } from './graph-node.tsx'

/** Who reads whom, as a picture; each node leads to its model. */
export function ModelsGraph() {
  const { data: graph, error } = useQuery(modelsMethods.graph, {}, { keepPrevious: true })
  const models = graph?.nodes.filter((node) => node.layer !== 'source') ?? []
  const trends = useRowTrends(graph?.nodes.map(({ name }) => name) ?? [])
  return (
    <Screen title="Models" facts={graph !== undefined && plural(models.length, 'model')}>
      {error !== null && <ErrorNotice error={error} />}
      {graph === undefined && error === null && <Skeleton />}
      {graph?.nodes.length === 0 && (
        <Empty icon={<Network />} title="The project has no models">
          <p>A model is one SELECT in a file of its own under the project’s models folder.</p>
        </Empty>
      )}
      {graph !== undefined && graph.nodes.length > 0 && (
        <GraphPicture
          label="Models and sources"
          edges={graph.edges}
          nodes={graph.nodes.map((node) => ({
            name: node.name,
            href: hrefTo('models', node.name),
            title: node.description,
            isOutside: node.layer === 'source',
            content: <GraphNode node={node} trend={trends.get(node.name)} />,
          }))}
        />
      )}
    </Screen>
  )
}
