import { Boxes, ChartNoAxesCombined, Database, FileInput, FileOutput, type LucideIcon, Shapes } from 'lucide-react'
import type { Layer } from '#features/models'

/** How each layer of the pipeline is drawn and called. */
export const layers: Readonly<Record<Layer, { readonly word: string; readonly icon: LucideIcon }>> = {
  source: { word: 'Source', icon: FileInput },
  staging: { word: 'Staging', icon: Database },
  intermediate: { word: 'Intermediate', icon: Shapes },
  fact: { word: 'Fact', icon: Boxes },
  mart: { word: 'Mart', icon: ChartNoAxesCombined },
  export: { word: 'Export', icon: FileOutput },
}
