import type { Command } from 'commander'

/** Adds `assay help COMMAND SUBCOMMAND`, in place of commander's own help, which knows one level and ignores unknown names. */
export function addHelpCommand(program: Command): void {
  // The commands that were added before keep the help of their own, of one level.
  program.helpCommand(false)
  program
    .command('help')
    .argument('[command...]', 'name of the command, then of its subcommand')
    .description('how to use a command')
    .action((names: readonly string[]) => findCommand(program, names).outputHelp())
}

function findCommand(program: Command, names: readonly string[]): Command {
  let command = program
  for (const name of names) {
    const next = command.commands.find((one) => one.name() === name || one.aliases().includes(name))
    if (!next) return command.error(`error: unknown command '${name}'`, { code: 'commander.unknownCommand' })
    command = next
  }
  return command
}
