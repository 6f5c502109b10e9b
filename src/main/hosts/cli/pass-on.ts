import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { AppError } from '../../kernel/app-error.ts'

const passedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs another program in this one's place: its output, our signals, its exit code. */
export function passOn(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ASSAY_PARENT: String(process.pid) } })
    const pass = (signal: NodeJS.Signals) => child.kill(signal)
    for (const signal of passedSignals) process.on(signal, pass)
    child.once('error', (error) =>
      reject(new AppError('ENVIRONMENT', `${program} cannot be started.`, { cause: error })),
    )
    child.once('exit', (code, signal) => {
      for (const passed of passedSignals) process.off(passed, pass)
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
