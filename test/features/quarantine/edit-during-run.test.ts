import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { quarantineMethods, rowState } from '#features/quarantine'
import { runProgressed, type RunProgress } from '#features/runs'
import { generateSample } from '../../../src/main/features/sample/generate-sample.ts'
import { loadSampleSpec } from '../../../src/main/features/sample/load-sample-spec.ts'
import { createEngineService } from '../../../src/main/hosts/engine/create-engine-service.ts'
import { forkNodeProcess } from '../../../src/main/hosts/engine/fork-node-process.ts'
import { createTransport } from '../../../src/main/protocol/create-transport.ts'
import type { Transport } from '../../../src/main/protocol/transport.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { benefits, exportPublished, folderOf, temporaryFolder } from '../../helpers/feeds.ts'
import { fullRefresh } from '../../helpers/full-refresh.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'

const held = 400

/** Claims whose amounts have a letter for a digit, and a good one behind them. */
function brokenFeed(name: string): string {
  const rows = Array.from(
    { length: held },
    (_, claim) => `X${claim},${10 + (claim % 60)}-${1_000_000 + claim},2022-11-08,${claim}.5O,Medical`,
  )
  const good = 'G0,10-1000000,2022-11-08,7.00,Medical'
  return folderOf({ [name]: `claim_id,company_ein,service_date,amount,claim_type\n${rows.join('\n')}\n${good}\n` })
}

/** A large feed, in which the broken claims come again as they were, in another file. */
function largeFeed(): string {
  const input = brokenFeed('claims_9999-again.csv')
  generateSample({ spec: loadSampleSpec(benefits), rows: 200_000, seed: 1, out: input })
  return input
}

function openEngine(workspaceFolder: string) {
  const { service, jobs, close } = createEngineService({
    projectFolder: benefits,
    workspaceFolder,
    create: true,
    host: { kind: 'cli', has_folder_dialog: false },
    fork: forkNodeProcess,
    log: () => undefined,
  })
  onTestFinished(close)
  const engine = createTransport(service)
  const start = async (inputFolder: string) => {
    const terms = { asOf: '2022-12-31', exportFolder: null, startedBy: 'test', records: null } as const
    const request = { kind: 'feeds', projectFolder: benefits, inputFolder, workspaceFolder, ...terms } as const
    return (await jobs.start(request)).run_id
  }
  return { engine, start, finished: (run: number) => jobs.finished(run) }
}

/** What a person does with one row. */
function createHands(engine: Transport) {
  return {
    correct: (id: number, amount: string) =>
      engine.call(quarantineMethods.correct, { target: { ids: [id] }, edit: { kind: 'cells', cells: { amount } } }),
    discard: (id: number) => engine.call(quarantineMethods.discard, { target: { ids: [id] }, reason: 'sent twice' }),
    undo: (operation: number) => engine.call(quarantineMethods.undo, { operation_id: operation }),
  }
}

/** Looks at the list again and again, as a screen does; gives how often it was answered. */
function keepLooking(engine: Transport) {
  const stopping = new AbortController()
  const looking = (async () => {
    let answers = 0
    while (!stopping.signal.aborted) {
      await engine.call(quarantineMethods.list, { limit: 100 })
      answers += 1
      await sleep(5)
    }
    return answers
  })()
  return () => {
    stopping.abort()
    return looking
  }
}

/** Waits for a stage of the run that is going on, with something read where it reads. */
function reachStage(engine: Transport, stage: RunProgress['stage']): Promise<void> {
  return new Promise((resolve) => {
    const stop = engine.subscribe(runProgressed, (progress) => {
      if (progress.stage !== stage || (stage === 'reading' && progress.rows_read === 0)) return
      stop()
      resolve()
    })
  })
}

/** All that a person sees of what was decided. */
async function showAll(engine: Transport) {
  const { rows } = await engine.call(quarantineMethods.list, {
    filter: { source: ['claims'], state: [...rowState.options], file: ['claims_0001.csv', 'claims_9999-again.csv'] },
    limit: 1000,
  })
  const { operations } = await engine.call(quarantineMethods.operations, {})
  const waiting = await engine.call(quarantineMethods.waiting, {})
  return { rows: new Map(rows.map((row) => [row.id, row])), operations, waiting }
}

const hashes = (tables: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(tables).map(([name, text]) => [name, createHash('sha256').update(text).digest('hex')]),
  )

test('what people decide while a run is going is kept, and is either in it or visibly waiting', async () => {
  const workspace = temporaryFolder()
  const deliveries = [brokenFeed('claims_0001.csv'), largeFeed()]
  const { engine, start, finished } = openEngine(workspace)
  await finished(await start(deliveries[0] ?? ''))
  const { rows } = await engine.call(quarantineMethods.list, { limit: held })
  // Records are numbered as they are read.
  const idOf = (row: number) => rows[row]?.id ?? 0
  const staged = held + 1
  const hands = createHands(engine)
  const { operation_id: undone } = await hands.correct(idOf(0), '1.00')
  await hands.correct(idOf(1), '2.00')
  await hands.correct(staged, '8.00')

  const stopLooking = keepLooking(engine)
  const stages = (['reading', 'modelling', 'checking'] as const).map((stage) => ({
    stage,
    reached: reachStage(engine, stage),
  }))
  const run = await start(deliveries[1] ?? '')
  await hands.correct(idOf(2), '3.00')
  for (const [index, { stage, reached }] of stages.entries()) {
    await reached
    const row = 10 * (index + 1)
    const { operation_id: regretted } = await hands.correct(idOf(row), '4.00')
    await hands.discard(idOf(row + 1))
    await hands.undo(regretted)
    // Both take back what the run was begun with, and so end where readers were before it.
    if (stage === 'reading') await hands.undo(undone)
    if (stage === 'modelling') await hands.correct(idOf(1), '1.5O')
    // The run has made a row of the quarantine of it, which readers do not see yet.
    if (stage === 'checking') await hands.correct(staged, '9.00')
  }
  // Every edit was answered, and so was the list, while the run was still going.
  const looks = await stopLooking()
  expect((await engine.call(quarantineMethods.waiting, {})).run_id).toBe(run)
  expect(looks).toBeGreaterThan(stages.length)
  await finished(run)

  expectOneStateEach(workspace)
  const shown = await showAll(engine)
  const stateOf = (row: number) => shown.rows.get(idOf(row))
  expect(stateOf(0)).toMatchObject({ state: 'open', is_waiting: true, corrections: [] })
  expect(stateOf(1)).toMatchObject({ state: 'open', is_waiting: true })
  // What was decided at the very start the run may have known already.
  expect(stateOf(2)).toMatchObject({ corrections: [{ new_value: '3.00' }] })
  expect(stateOf(2)?.is_waiting).toBe(stateOf(2)?.state === 'corrected')
  for (const row of [10, 20, 30]) expect(stateOf(row)).toMatchObject({ state: 'open', is_waiting: false })
  for (const row of [11, 21, 31]) expect(stateOf(row)).toMatchObject({ state: 'discarded', is_waiting: true })
  expect(shown.rows.get(staged)).toMatchObject({ is_waiting: true, corrections: [{ new_value: '9.00' }] })
  // Each record came again within the run, in another file: what was decided is about both.
  const fates = (file: string) =>
    [...shown.rows.values()]
      .filter((row) => row.file === file)
      .map(({ line, state, is_waiting: isWaiting }) => ({ line, state, isWaiting }))
  expect(fates('claims_9999-again.csv')).toEqual(fates('claims_0001.csv'))
  const waiting = [...shown.rows.values()].filter(({ is_waiting: isWaiting }) => isWaiting)
  expect(shown.waiting).toMatchObject({ run_id: null, rows: waiting.length })

  await finished((await engine.call(quarantineMethods.replay, {})).run_id)
  const replayed = await showAll(engine)
  expect(replayed.waiting).toEqual({ rows: 0, operations: 0, changed_contracts: 0, run_id: null })
  expect(replayed.operations.filter(({ is_waiting: isWaiting }) => isWaiting)).toEqual([])
  expectOneStateEach(workspace)
  expect(hashes(exportPublished(workspace))).toEqual(hashes(await fullRefresh(workspace, deliveries)))
}, 400_000)

test('a run waits for a bulk correction that takes long', async () => {
  const workspace = temporaryFolder()
  const input = brokenFeed('claims_0001.csv')
  const { start, finished } = openEngine(workspace)
  await finished(await start(input))
  const { connection } = openWorkspace(workspace)
  const run = await start(input)
  connection.exec('BEGIN IMMEDIATE')
  // Longer than a connection of Assay waits that has others to answer.
  await sleep(6_000)
  connection.exec('COMMIT')
  connection.close()
  expect(await finished(run)).toMatchObject({ status: 'published' })
})

test('a workspace is opened and looked at while a run writes', async () => {
  const workspace = temporaryFolder()
  const first = openEngine(workspace)
  await first.finished(await first.start(brokenFeed('claims_0001.csv')))
  const { connection } = openWorkspace(workspace)
  connection.exec('BEGIN IMMEDIATE')
  // Answered while another process still has the right to write.
  const { total } = await openEngine(workspace).engine.call(quarantineMethods.list, {})
  expect(total).toBe(held)
  connection.exec('ROLLBACK')
  connection.close()
})
