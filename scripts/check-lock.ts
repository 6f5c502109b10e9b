import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { findLockProblems } from './lock/find-lock-problems.ts'
import type { Lock, Manifest } from './lock/find-lock-problems.ts'

const root = resolve(import.meta.dirname, '..')
const read = (name: string): unknown => JSON.parse(readFileSync(resolve(root, name), 'utf8'))

const problems = findLockProblems(read('package.json') as Manifest, read('package-lock.json') as Lock)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
else console.log('lock: pinned, complete for every platform')
