import './lib/without-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { connectEngine, EngineProvider } from './lib/engine.tsx'
import { followTheme } from './lib/theme.ts'
import { registerGridModules } from './ui/grid/grid-modules.ts'
import './styles/tokens.css'
import './styles/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id root')

followTheme()
registerGridModules()
createRoot(root).render(
  <StrictMode>
    <EngineProvider transport={connectEngine()}>
      <App />
    </EngineProvider>
  </StrictMode>,
)
