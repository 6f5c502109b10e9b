import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { workspaceMethods, type WorkspaceInfo } from '#features/workspace'
import { JobDrawer } from '../features/runs/job-drawer.tsx'
import { RunStarter } from '../features/runs/run-starter.tsx'
import { useConnection } from '../lib/connection.ts'
import { hrefTo, useRoute } from '../lib/route.ts'
import { useQuery } from '../lib/use-query.ts'
import { Empty } from '../ui/empty.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Toasts } from '../ui/toast.tsx'
import { CrashGuard } from './crash-guard.tsx'
import { KeysHelp } from './keys-help.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { screens } from './screens.ts'
import { TopBar } from './top-bar.tsx'
import { useEngineEvents } from './use-engine-events.ts'
import { useGlobalCommands } from './use-global-commands.ts'
import { useKeys } from './use-keys.ts'
import './app.css'

type Overlay = 'palette' | 'keys' | null

/** The workbench: navigation, top bar, the current screen, the job drawer, and what lies over them. */
export function App() {
  const route = useRoute()
  const [overlay, setOverlay] = useState<Overlay>(null)
  const isLost = useConnection((state) => state.isLost)
  const { data: info, error } = useQuery(workspaceMethods.info, {}, { keepPrevious: true })
  useEngineEvents()
  useGlobalCommands(setOverlay)
  useKeys()

  return (
    <div className="app">
      <a className="skip-link" href={window.location.hash} onClick={focusMain}>
        Skip to the content
      </a>
      <Navigation current={route.screen} counts={info?.counts ?? null} />
      <div className="app-main">
        <TopBar info={info ?? null} onPalette={() => setOverlay('palette')} />
        {isLost && (
          <div className="lost" role="alert">
            The connection to the engine is lost; trying again. What you see may be out of date.
          </div>
        )}
        <main className="app-screen" id="main" tabIndex={-1}>
          {error !== null && info === undefined && <ErrorNotice error={error} />}
          {error === null && info === undefined && <Skeleton />}
          {info !== undefined && (
            <CrashGuard key={route.screen}>
              <CurrentScreen info={info} />
            </CrashGuard>
          )}
        </main>
        {info !== undefined && <RunStarter info={info} />}
        <Toasts />
        <JobDrawer />
      </div>
      {overlay === 'palette' && <Palette onClose={() => setOverlay(null)} />}
      {overlay === 'keys' && <KeysHelp onClose={() => setOverlay(null)} />}
    </div>
  )
}

function CurrentScreen({ info }: { readonly info: WorkspaceInfo }) {
  const route = useRoute()
  const screen = screens.find((one) => one.id === route.screen)
  if (screen === undefined) {
    return (
      <Empty icon={<CircleHelp />} title="There is no such page">
        <p>
          The address names “{route.screen}”, which this version does not know.{' '}
          <a href={hrefTo('runs')}>Go to the start</a>.
        </p>
      </Empty>
    )
  }
  return <screen.Screen route={route} info={info} />
}

function focusMain(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
