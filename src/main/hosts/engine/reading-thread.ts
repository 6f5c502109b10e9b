import { parentPort, workerData } from 'node:worker_threads'
import { measuringRole } from '../../pipeline/metric/measuring-thread.ts'
import { serveMeasuring } from '../../pipeline/metric/serve-measuring.ts'
import { serveReading } from '../../pipeline/staging/serve-reading.ts'

// The threads of a job process: one reads feeds, another measures what was built.
if (parentPort === null) throw new Error('reading-thread.ts is a thread of the job process; it is not run by itself')
if (workerData === measuringRole) serveMeasuring(parentPort)
else serveReading(parentPort)
