import { Command } from 'commander'
import { addChecksCommand } from './commands/checks.ts'
import { addCompareCommand } from './commands/compare.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addExportCommand } from './commands/export.ts'
import { addGatesCommand } from './commands/gates.ts'
import { addHelpCommand } from './commands/help.ts'
import { addIncidentCommand } from './commands/incident.ts'
import { addLimitsCommand } from './commands/limits.ts'
import { addOpenCommand } from './commands/open.ts'
import { addProfileCommand } from './commands/profile.ts'
import { addQuarantineCommand } from './commands/quarantine.ts'
import { addReportCommand } from './commands/report.ts'
import { addRollbackCommand } from './commands/rollback.ts'
import { addRunCommand } from './commands/run.ts'
import { addRunsCommand } from './commands/runs.ts'
import { addSampleCommand } from './commands/sample.ts'
import { addServeCommand } from './commands/serve.ts'
import { addVersionCommand } from './commands/version.ts'

/** The command line of Assay: all commands and options, as design and `--help` say. */
export function createProgram(): Command {
  const program = new Command('assay')
    .description('Data-quality workbench: quarantine, repair, replay and compare data feeds on one machine, offline.')
    // Settings first: each command takes them over when it is added.
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'assay: ')) })
    .showHelpAfterError('  next:  see --help of the command.')
    .helpCommand('help [command]', 'how to use a command')
  addRunCommand(program)
  addRunsCommand(program)
  addRollbackCommand(program)
  addCompareCommand(program)
  addQuarantineCommand(program)
  addChecksCommand(program)
  addGatesCommand(program)
  addLimitsCommand(program)
  addProfileCommand(program)
  addIncidentCommand(program)
  addExportCommand(program)
  addReportCommand(program)
  addServeCommand(program)
  addOpenCommand(program)
  addSampleCommand(program)
  addDoctorCommand(program)
  addVersionCommand(program)
  addHelpCommand(program)
  return program
}
