import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const source = (path: string) => resolve(import.meta.dirname, 'src', path)

/** The processes and threads of Assay. They start each other by file name, so that all of them lie flat in one folder. */
const main = {
  // Its build for Node declares a `require` of its own, beside the one that the bundler may put into the same file.
  resolve: { alias: { fflate: 'fflate/browser' } },
  build: {
    // Native dependencies stay outside; everything else is bundled.
    externalizeDeps: true,
    sourcemap: true,
    rolldownOptions: {
      input: {
        desktop: source('main/hosts/desktop/desktop.ts'),
        engine: source('main/hosts/engine/engine.ts'),
        job: source('main/hosts/engine/job.ts'),
        'comparison-thread': source('main/hosts/engine/comparison-thread.ts'),
        'job-thread': source('main/hosts/engine/job-thread.ts'),
        'watchdog-thread': source('main/hosts/engine/watchdog-thread.ts'),
        cli: source('main/hosts/cli/main.ts'),
        web: source('main/hosts/web/main.ts'),
      },
      output: { format: 'es' as const, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
}

const preload = {
  build: {
    // A sandboxed preload script can load nothing but electron.
    externalizeDeps: false,
    rolldownOptions: {
      input: { index: source('preload/index.ts') },
      output: { format: 'cjs' as const, entryFileNames: '[name].cjs' },
    },
  },
}

const renderer = {
  root: source('renderer'),
  plugins: [react()],
  build: {
    minify: true,
    // The page's policy takes files from its own origin only.
    assetsInlineLimit: 0,
    rolldownOptions: { input: source('renderer/index.html') },
  },
}

export default defineConfig(({ mode }) => (mode === 'renderer' ? { renderer } : { main, preload, renderer }))
