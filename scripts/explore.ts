// Runs the property tests with seeds that were never drawn before, round after round, until one fails or it is stopped.
// npm run explore [-- ROUNDS [SECONDS]]: how long each long property draws
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'

const rounds = Number(process.argv[2] ?? Infinity)
const seconds = process.argv[3] ?? '60'
const files = globSync('test/**/*.test.ts').filter((file) => readFileSync(file, 'utf8').includes("from 'fast-check'"))

for (let round = 1; round <= rounds; round++) {
  const seed = String(randomInt(2 ** 31))
  process.stdout.write(`round ${round}, ASSAY_SEED=${seed}\n`)
  const env = { ...process.env, ASSAY_SEED: seed, ASSAY_SECONDS: seconds }
  const { status } = spawnSync('npx', ['vitest', 'run', '--reporter=dot', '--testTimeout=0', ...files], {
    stdio: 'inherit',
    env,
  })
  if (status !== 0) {
    process.stdout.write(
      `Property tests failed with ASSAY_SEED=${seed}: set it and run \`npx vitest run FILE\` to see it again.\n`,
    )
    process.exitCode = 1
    break
  }
}
