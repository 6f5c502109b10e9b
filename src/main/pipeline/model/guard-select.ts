import { AppError, type ErrorPlace } from '../../kernel/app-error.ts'
import { explainProgram, type Connection } from '../../store/database.ts'

// SQL of a project is not trusted. SQLite's authorizer is not reachable, so the program that SQLite would run is read instead: every
// table it opens must be granted, every function known to be harmless. The opcodes are those of the pinned SQLite version; the tests
// with hostile statements are the guard when it changes. https://www.sqlite.org/opcode.html

const functions = new Set(
  (
    'abs coalesce ifnull iif if nullif min max sum total avg count group_concat string_agg length octet_length lower upper trim ltrim rtrim substr substring ' +
    'instr replace round ceil ceiling floor trunc sign mod pow power sqrt exp ln log log10 log2 like glob unicode char hex concat concat_ws ' +
    'row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value median percentile percentile_cont percentile_disc ' +
    'typeof likely unlikely likelihood'
  ).split(' '),
)
const harmfulOpcodes =
  /^(OpenWrite|Destroy|Clear|Create|Drop|ParseSchema|Attach|Vacuum|Program|JournalMode|Pragma|SetCookie|ReadCookie|Checkpoint|V[A-Z])/

/** The tables of a schema by the pages where they and their indexes begin. */
function tablesByPage(connection: Connection, schema: 'sqlite_schema' | 'sqlite_temp_schema', prefix: string) {
  const rows = connection.prepare(`SELECT rootpage, tbl_name FROM ${schema} WHERE rootpage > 0`).raw().all()
  return new Map((rows as [number, string][]).map(([page, name]) => [page, prefix + name]))
}

/**
 * Refuses SQL that is not one SELECT over the granted tables with known functions; a temporary table is granted as `temp.NAME`. `what`
 * names the SQL in the error, `path` its file, or where it stands in it.
 */
export function guardSelect(
  connection: Connection,
  sql: string,
  granted: ReadonlySet<string>,
  what: string,
  path: string | ErrorPlace,
): void {
  const refuse = (reason: string, cause?: unknown) =>
    new AppError('SQL_REFUSED', `${what} was refused: ${reason}`, {
      place: typeof path === 'string' ? { file: path } : path,
      saved: 'Nothing of this run was published.',
      hint: 'A model is one SELECT that reads other models by ref() and feeds by source().',
      ...(cause === undefined ? {} : { cause }),
    })
  const wrapped = `SELECT * FROM (\n${sql}\n)`
  let opcodes: ReturnType<typeof explainProgram>
  try {
    const statement = connection.prepare(wrapped)
    if (!statement.reader || !statement.readonly) throw refuse('it is not a SELECT.')
    opcodes = explainProgram(connection, wrapped)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw refuse(`${error instanceof Error ? error.message : String(error)}.`, error)
  }
  // By the number of the database: the workspace's, and the connection's temporary one.
  const tables = [
    tablesByPage(connection, 'sqlite_schema', ''),
    tablesByPage(connection, 'sqlite_temp_schema', 'temp.'),
  ]
  for (const { opcode, p2, p3, p4 } of opcodes) {
    if (opcode === 'OpenRead' || opcode === 'ReopenIdx') {
      const table = tables[p3]?.get(p2)
      if (table === undefined || !granted.has(table))
        throw refuse(`it reads ${table ?? 'a table of the system'}, which it did not name by ref() or source().`)
    } else if (harmfulOpcodes.test(opcode)) {
      throw refuse(
        opcode.startsWith('V')
          ? 'it uses a table-valued function or a virtual table.'
          : `it would do more than read (${opcode}).`,
      )
    } else if (/^(Function|PureFunc|AggStep|AggInverse|AggValue|AggFinal)/.test(opcode)) {
      const name = /^[a-z_0-9]+/i.exec(String(p4))?.[0].toLowerCase() ?? ''
      if (!functions.has(name))
        throw refuse(
          `it calls ${name}(), which models may not use: results must not depend on the clock, on chance or on files.`,
        )
    }
  }
}
