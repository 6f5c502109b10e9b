import { parentChannel } from '../../src/main/hosts/engine/parent-channel.ts'
import { engineMethods } from '../../src/main/hosts/engine/open-method.ts'
import { AppError } from '../../src/main/kernel/app-error.ts'
import { serveChannel } from '../../src/main/protocol/serve-channel.ts'
import { createSampleService } from './sample-feature.ts'

// An engine process with the sample feature instead of Assay's own; it can be asked to refuse its workspace.
const service = createSampleService()
service.register(engineMethods, {
  open({ workspaceFolder }) {
    if (workspaceFolder === 'damaged') throw new AppError('WORKSPACE_DAMAGED', 'The workspace is damaged.')
    return null
  },
})
const channel = parentChannel()
channel.onClose(() => process.exit())
serveChannel(service, channel)
