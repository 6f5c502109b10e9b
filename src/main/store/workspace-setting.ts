import type { Connection } from './database.ts'

/** A setting of the workspace, or null. */
export function readSetting(connection: Connection, name: string): string | number | null {
  return (connection.prepare('SELECT value FROM assay_setting WHERE name = ?').pluck().get(name) ?? null) as
    string | number | null
}

/** Keeps a setting of the workspace. */
export function writeSetting(connection: Connection, name: string, value: string | number): void {
  connection.prepare('INSERT OR REPLACE INTO assay_setting VALUES (?, ?)').run(name, value)
}
