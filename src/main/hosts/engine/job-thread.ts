import { parentPort, workerData } from 'node:worker_threads'
import { measuringRole } from '../../pipeline/metric/measuring-thread.ts'
import { computingRole } from '../../pipeline/model/computing-thread.ts'

// The threads of a job process: one reads feeds, one measures what was built, one computes models ahead. Each loads what it needs alone.
if (parentPort === null) throw new Error('job-thread.ts is a thread of the job process; it is not run by itself')
if (workerData === measuringRole) (await import('../../pipeline/metric/serve-measuring.ts')).serveMeasuring(parentPort)
else if (workerData === computingRole)
  (await import('../../pipeline/model/serve-computing.ts')).serveComputing(parentPort)
else (await import('../../pipeline/staging/serve-reading.ts')).serveReading(parentPort)
