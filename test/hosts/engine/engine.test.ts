import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runProgressed, runsMethods } from '#features/runs'
import { workspaceChanged, workspaceMethods } from '#features/workspace'
import { forkNodeProcess } from '../../../src/main/hosts/engine/fork-node-process.ts'
import type { ForkedProcess } from '../../../src/main/hosts/engine/forked-process.ts'
import { startEngine } from '../../../src/main/hosts/engine/start-engine.ts'
import { createTransport } from '../../../src/main/protocol/create-transport.ts'
import { benefits, folderOf, repository, temporaryFolder } from '../../helpers/feeds.ts'

const host = { kind: 'web' as const, has_folder_dialog: false }
const log = () => undefined

test('a new workspace is looked at, run and looked at again, through the engine process', async () => {
  const workspaceFolder = temporaryFolder()
  const engine = await startEngine({ projectFolder: benefits, workspaceFolder, host }, forkNodeProcess, log)
  try {
    const transport = createTransport(engine)
    const reasons: string[] = []
    const stages = new Set<string>()
    transport.subscribe(workspaceChanged, ({ reason }) => reasons.push(reason))
    transport.subscribe(runProgressed, ({ stage }) => stages.add(stage))

    expect(await transport.call(workspaceMethods.info, {})).toMatchObject({
      published: null,
      host,
      workspace: { folder: workspaceFolder },
    })
    const input = join(repository, 'test/fixtures/messy/input')
    const { run_id: runId } = await transport.call(runsMethods.start, { input, as_of: '2022-12-31' })
    await expect.poll(() => reasons).toEqual([`run ${runId} started`, `run ${runId} ended`])
    expect(await transport.call(runsMethods.show, { run_id: runId })).toMatchObject({
      status: 'published',
      is_current: true,
    })
    expect(await transport.call(workspaceMethods.info, {})).toMatchObject({ published: { run_id: runId } })
    expect([...stages]).toEqual(['reading', 'modelling', 'checking', 'publishing', 'measuring', 'done'])
    expect(await transport.call(runsMethods.current, {})).toBeNull()
  } finally {
    engine.stop()
  }
})

test('nobody names another workspace to an engine that has one', async () => {
  const input = { projectFolder: benefits, workspaceFolder: temporaryFolder(), host }
  const engine = await startEngine(input, forkNodeProcess, log)
  try {
    const answer = await engine.call('engine.open', { ...input, workspaceFolder: temporaryFolder() })
    expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  } finally {
    engine.stop()
  }
})

test('a workspace that cannot be opened is refused with all of its facts', async () => {
  const workspaceFolder = folderOf({ 'workspace.db': '' })
  const starting = startEngine({ projectFolder: benefits, workspaceFolder, host }, forkNodeProcess, log)
  await expect(starting).rejects.toMatchObject({
    code: 'WORKSPACE_DAMAGED',
    place: { file: join(workspaceFolder, 'workspace.db') },
  })
})

test('a project that cannot be read is refused with the place in its file', async () => {
  const projectFolder = folderOf({ 'project.yml': 'name: [' })
  const starting = startEngine({ projectFolder, workspaceFolder: temporaryFolder(), host }, forkNodeProcess, log)
  await expect(starting).rejects.toMatchObject({
    code: 'PROJECT_INVALID',
    place: { file: join(projectFolder, 'project.yml') },
  })
})

test('an engine that cannot be started again says why with every call, until it can', async () => {
  const projectFolder = temporaryFolder()
  cpSync(join(repository, 'test/fixtures/tiny-project'), projectFolder, { recursive: true })
  const forked: ForkedProcess[] = []
  const engine = await startEngine(
    { projectFolder, workspaceFolder: temporaryFolder(), host },
    (entry) => {
      const child = forkNodeProcess(entry)
      forked.push(child)
      return child
    },
    log,
  )
  try {
    const aside = temporaryFolder()
    cpSync(join(projectFolder, 'project.yml'), join(aside, 'project.yml'))
    writeFileSync(join(projectFolder, 'project.yml'), 'name: [')
    forked[0]?.kill()
    const info = () => engine.call(workspaceMethods.info.name, {})
    await expect.poll(info).toMatchObject({ ok: false, error: { code: 'PROJECT_INVALID' } })
    expect(await info()).toMatchObject({ ok: false, error: { code: 'PROJECT_INVALID' } })
    cpSync(join(aside, 'project.yml'), join(projectFolder, 'project.yml'))
    await expect.poll(info).toMatchObject({ ok: true })
  } finally {
    engine.stop()
  }
})
