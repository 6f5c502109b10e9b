import { userInfo } from 'node:os'

/** The name of the account; one without an entry in the system's list has none. */
export function userName(): string {
  try {
    return userInfo().username
  } catch {
    return process.env['USER'] ?? 'unknown'
  }
}
