import { ChevronRight } from 'lucide-react'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { Stage } from './stages.ts'
import './stage-strip.css'

/** The stages of a run from left to right, each with how it goes or went and what came of it. */
export function StageStrip({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <ol className="stage-strip" aria-label="Stages">
      {stages.map((stage, index) => (
        <li key={stage.name}>
          {index > 0 && <ChevronRight className="stage-arrow" aria-hidden="true" />}
          <div className="stage">
            <span className="stage-name">{stage.name}</span>
            <StatusBadge status={stage.status} word={stage.word} />
            <span className="soft">{stage.facts}</span>
          </div>
        </li>
      ))}
    </ol>
  )
}
