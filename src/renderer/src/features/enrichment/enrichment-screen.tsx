import { PackageSearch } from 'lucide-react'
import { hrefTo } from '../../lib/route.ts'
import { Empty } from '../../ui/empty.tsx'
import { Screen } from '../../ui/screen.tsx'

/** Says plainly what enrichment does in this version and where its outcome is to be seen. */
export function EnrichmentScreen() {
  return (
    <Screen title="Enrichment">
      <Empty icon={<PackageSearch />} title="Enrichment has no page of its own in this version">
        <p>
          It does run: companies are enriched from the file <code>enrichment.json</code> of the input folder. How it
          went for each company stands in the column <code>enrichment_status</code> of{' '}
          <a href={hrefTo('models', 'int_company_enriched')}>int_company_enriched</a>.
        </p>
        <p>Asking a service over the network, retrying and renewing answers come in a later version.</p>
      </Empty>
    </Screen>
  )
}
