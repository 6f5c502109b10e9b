import type { OutputOf } from '#protocol/method'
import { modelsMethods } from '#features/models'
import { plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

type Touched = OutputOf<typeof modelsMethods.touched>

/** Which published rows the record touches, or would touch once it is staged. */
export function TouchedSection({ id }: { readonly id: number }) {
  const { data, error } = useQuery(modelsMethods.touched, { id })
  return (
    <Fold id="row.touched" title="What it touches">
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined && error === null && <Skeleton lines={2} />}
      {data?.reason !== null && data?.reason !== undefined && <p className="soft">{data.reason}</p>}
      {data !== undefined && data.models.length > 0 && (
        <ul className="detail-lines">
          {data.models.map((model) => (
            <TouchedModel key={model.model} model={model} />
          ))}
        </ul>
      )}
    </Fold>
  )
}

function TouchedModel({ model }: { readonly model: Touched['models'][number] }) {
  const { model: name, total, is_exact: isExact } = model
  return (
    <li>
      <a href={hrefTo('models', name)}>{name}</a>
      <div className="soft">
        {plural(total, 'row')}
        {isExact ? '' : ' of its company: the cell that would tell which of them is missing or wrong'}
      </div>
    </li>
  )
}
