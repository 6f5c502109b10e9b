import type { WorkspaceInfo } from '#features/workspace'
import { keysText } from '../lib/commands.ts'
import { formatCompact, formatCount } from '../lib/format.ts'
import { hrefTo } from '../lib/route.ts'
import { screens } from './screens.ts'
import './navigation.css'

const linked = screens.filter(({ command }) => command === undefined)

interface NavigationProps {
  readonly current: string
  readonly counts: WorkspaceInfo['counts'] | null
}

/** The links to the screens; live counts stand beside them and describe, but do not name, them. */
export function Navigation({ current, counts }: NavigationProps) {
  return (
    <nav className="navigation" aria-label="Screens" data-pane="" tabIndex={-1}>
      <div className="navigation-name">
        <svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
          <rect width="32" height="32" rx="7" fill="var(--accent)" />
          <path
            d="M9 24 16 8l7 16M12 18h8"
            fill="none"
            stroke="var(--on-accent)"
            strokeWidth="3"
            strokeLinecap="round"
          />
        </svg>
        Assay
      </div>
      <ul>
        {linked.map(({ id, title, icon: Icon, keys, count }) => {
          const counted = counts === null || count === undefined ? null : count(counts)
          const isCounted = counted !== null && counted.count > 0
          return (
            <li key={id}>
              <a
                href={hrefTo(id)}
                aria-label={title}
                title={keys === null ? title : `${title} (${keysText(keys)})`}
                {...(current === id ? { 'aria-current': 'page' } : {})}
                {...(isCounted ? { 'aria-describedby': `count-${id}` } : {})}
              >
                <Icon aria-hidden="true" />
                {title}
              </a>
              {isCounted && (
                <span className="navigation-count" id={`count-${id}`}>
                  <span aria-hidden="true" title={`${formatCount(counted.count)} ${counted.of}`}>
                    {formatCompact(counted.count)}
                  </span>
                  <span className="visually-hidden">
                    {formatCount(counted.count)} {counted.of}
                  </span>
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
