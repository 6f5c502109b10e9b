import { parentPort } from 'node:worker_threads'
import { serveReading } from '../../pipeline/staging/serve-reading.ts'

if (parentPort === null) throw new Error('reading-thread.ts is a thread of the job process; it is not run by itself')
serveReading(parentPort)
