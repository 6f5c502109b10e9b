import type { MessagePort } from 'node:worker_threads'
import { AppError } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { compileRecordJudge, type DeliveredRecord } from '../amendment/judge-record.ts'
import { compileIdentity, placeIdentity } from '../amendment/record-identity.ts'
import { compileContract, type Verdict } from '../contract/compile-contract.ts'
import type { Finding } from '../contract/finding.ts'
import { heldByLimit, heldRow } from '../contract/ingestion-limit.ts'
import { compileRecency } from '../contract/recency.ts'
import { compileFileObserver } from '../gate/observe-file.ts'
import { readFeed } from '../reader/read-feed.ts'
import { createBatchBuilder } from './batch.ts'
import { compileCompany } from './company-of.ts'
import { maxInFlight, type ReadingMessage, type ReadingTask } from './reading-task.ts'
import { compileStagedKey } from './staged-key.ts'

const batchSize = 1_000

/** Serves reading tasks in a worker thread: reads the files, judges each record and sends the results in batches. */
export function serveReading(port: MessagePort): void {
  const send = (message: ReadingMessage) => port.postMessage(message)
  port.on('message', (task: ReadingTask) => {
    try {
      read(task, send)
    } catch (error) {
      if (!(error instanceof AppError))
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      send({ kind: 'failed', error: reportError(error) })
    }
  })
}

function read(task: ReadingTask, send: (message: ReadingMessage) => void): void {
  const { contract, amendments } = task
  const judge = compileContract(contract, task)
  const judgeAmended = compileRecordJudge(contract, task, amendments)
  const identify = compileIdentity(contract, task.nullWords)
  const companyOf = compileCompany(contract, task.companyColumn, task.nullWords)
  const recencyOf = compileRecency(contract)
  const keyOf = compileStagedKey(contract)
  const observerOf = compileFileObserver(contract)
  const shape = {
    columns: contract.fields.map((field) => field.name),
    required: contract.requiredInFile,
    layout: contract.layout,
    maxRecordBytes: task.maxRecordBytes,
  }
  const inFlight = new Int32Array(task.inFlight)
  const lastTaken = task.maxRows === null ? Infinity : task.firstArrival + task.maxRows - 1
  let arrival = task.firstArrival

  for (const file of task.files) {
    const firstArrival = arrival
    const builder = createBatchBuilder(file.name, keyOf !== null)
    const observer = observerOf()
    let bytesRead = 0
    const flush = () => {
      while (Atomics.load(inFlight, 0) >= maxInFlight) Atomics.wait(inFlight, 0, Atomics.load(inFlight, 0))
      Atomics.add(inFlight, 0, 1)
      send({ kind: 'batch', batch: builder.take(bytesRead) })
    }
    const land = (line: number, { values, findings }: Verdict, isWaived: boolean) => {
      const recency = recencyOf(values)
      const key = keyOf?.(values) ?? null
      builder.addRow({ arrival, line, recency, isWaived, key, values })
      observer.row(key, values, recency)
      if (findings.length > 0) builder.addFindings(arrival, line, false, findings)
    }
    const keep = (record: DeliveredRecord, offset: number, finding: Finding | null) => {
      const { identity, state, verdict, isAmended, news, cells } = judgeAmended(
        record,
        finding,
        arrival > lastTaken ? heldRow : null,
      )
      builder.addNews(news)
      const isStaged = state === 'released' || state === 'waived'
      if (isStaged) land(record.line, verdict, state === 'waived')
      if (!isStaged && isHeldByLimitAlone(verdict))
        observer.row(keyOf?.(verdict.values) ?? null, verdict.values, recencyOf(verdict.values))
      else if (!isStaged) observer.heldBack(identity.startsWith('@') ? null : identity, verdict.values)
      if (isStaged && !isAmended) return
      const company = companyOf(record.cells ?? cells)
      builder.addRecord({ ...record, arrival, offset, identity, company, state })
      if (state === 'open') builder.addFindings(arrival, record.line, true, verdict.findings)
    }
    const next = () => {
      arrival += 1
      if (builder.size() >= batchSize) flush()
    }
    try {
      const summary = readFeed(file, shape, {
        record(record) {
          if (observer.wantsCells()) observer.cells(record.named())
          const identity =
            amendments.size === 0 ? null : (identify(record.cells) ?? placeIdentity(file.name, record.line))
          const verdict = identity !== null && amendments.has(identity) ? null : judge(record.cells)
          if (verdict?.isValid === true && arrival <= lastTaken) land(record.line, verdict, false)
          else
            keep(
              { file: file.name, line: record.line, raw: record.raw(), cells: record.named(), header: null },
              record.offset,
              null,
            )
          next()
        },
        bad(bad) {
          const message = `This record ${bad.detail}.`
          keep({ file: file.name, line: bad.line, raw: bad.raw, cells: null, header: bad.header }, bad.offset, {
            field: 'row',
            rule: bad.rule,
            severity: 'error',
            message,
            rawValue: bad.raw,
          })
          next()
        },
        progress(bytes) {
          bytesRead = bytes
        },
      })
      bytesRead = summary.bytes
      flush()
      const { columns, rows, bytes, writtenAt, sha256, encoding, format, warnings } = summary
      const observed = observer.take(columns)
      send({
        kind: 'file',
        facts: { file: file.name, firstArrival, rows, bytes, writtenAt, sha256, encoding, format, warnings, observed },
      })
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'FILE_REJECTED') throw error
      send({ kind: 'rejected', file: file.name, error: reportError(error) })
    }
  }
  send({ kind: 'done', nextArrival: arrival })
}

/** A row that is held back since a person limits the source says nothing against the feed. */
function isHeldByLimitAlone({ findings }: Verdict): boolean {
  const errors = findings.filter(({ severity }) => severity === 'error')
  return errors.length > 0 && errors.every(({ rule }) => rule === heldByLimit)
}
