import { Network } from 'lucide-react'
import { modelsMethods, type ModelNode } from '#features/models'
import { plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useRowTrends } from '../../lib/use-row-trends.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { GraphPicture } from '../../ui/graph-picture.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { differingCandidate, GraphNode } from './graph-node.tsx'

/** Who reads whom, as a picture; each node leads to its model. */
export function ModelsGraph() {
  const { data: graph, error } = useQuery(modelsMethods.graph, {}, { keepPrevious: true })
  const trends = useRowTrends(graph?.nodes.map(({ name }) => name) ?? [])
  return (
    <Screen title="Models" facts={graph !== undefined && <Facts nodes={graph.nodes} />}>
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
            title: nodeTitle(node),
            isOutside: node.layer === 'source',
            content: <GraphNode node={node} trend={trends.get(node.name)} />,
          }))}
        />
      )}
    </Screen>
  )
}

/** How many models there are, and how many of them a candidate has otherwise. */
function Facts({ nodes }: { readonly nodes: readonly ModelNode[] }) {
  const models = nodes.filter((node) => node.layer !== 'source')
  const candidate = nodes[0]?.candidate ?? null
  const differing = models.filter((node) => differingCandidate(node) !== null).length
  return (
    <>
      <span>{plural(models.length, 'model')}</span>
      {candidate !== null && (
        <span>
          <span className="graph-node-candidate">→</span> in candidate{' '}
          <a href={hrefTo('runs', String(candidate.run_id))}>run {candidate.run_id}</a>, beside what is published:{' '}
          {plural(differing, 'model differs', 'models differ')}
        </span>
      )}
    </>
  )
}

/** The name too, which may be too long for the picture. */
function nodeTitle({ name, description }: ModelNode): string {
  return description === '' ? name : `${name}: ${description}`
}
