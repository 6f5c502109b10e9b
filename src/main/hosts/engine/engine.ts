import { createService } from '../../protocol/create-service.ts'
import { serveChannel } from '../../protocol/serve-channel.ts'
import { createEngineService } from './create-engine-service.ts'
import { forkNodeProcess } from './fork-node-process.ts'
import { forkByParent } from './job-relay.ts'
import { engineMethods } from './open-method.ts'
import { electronParentPort, parentChannel } from './parent-channel.ts'
import { followParent } from './watchdog.ts'
import { openLog } from './workspace-log.ts'

// The process that answers the workbench. It is asked which workspace it is for; from then on its features answer.
const port = electronParentPort()
const channel = parentChannel()
followParent()
// A host that ended in good order needs no engine any more either.
channel.onClose(() => process.exit())

const opening = createService((level, message) => void process.stderr.write(`${level} ${message}\n`))
const stopOpening = serveChannel(opening, channel)
opening.register(engineMethods, {
  open({ projectFolder, workspaceFolder, host }) {
    const log = openLog(workspaceFolder, 'engine')
    const fork = port === undefined ? forkNodeProcess : forkByParent(port)
    const { service } = createEngineService({ projectFolder, workspaceFolder, create: true, host, fork, log })
    stopOpening()
    serveChannel(service, channel)
    return null
  },
})
