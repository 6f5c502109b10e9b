import { parentPort, workerData } from 'node:worker_threads'
import type { ComparisonTask } from '../../pipeline/compare/comparison-task.ts'
import { serveComparison } from '../../pipeline/compare/serve-comparison.ts'

if (parentPort === null) throw new Error('comparison-thread.ts is a thread of the engine; it is not run by itself')
serveComparison(parentPort, workerData as ComparisonTask)
