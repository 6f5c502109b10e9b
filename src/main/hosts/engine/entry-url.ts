/** Assay's own processes and threads, and where the source of each lies. */
const entries = {
  engine: './engine.ts',
  job: './job.ts',
  'comparison-thread': './comparison-thread.ts',
  'job-thread': './job-thread.ts',
  'watchdog-thread': './watchdog-thread.ts',
} as const

/** Where to start a process or thread from: its source in a checkout; in the bundle all files lie in one folder. */
export function entryUrl(name: keyof typeof entries): URL {
  return new URL(import.meta.url.endsWith('.ts') ? entries[name] : `./${name}.js`, import.meta.url)
}
