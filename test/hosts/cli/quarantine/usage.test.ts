import { describe, expect, test } from 'vitest'
import { assayHere } from '../assay-here.ts'
import { openSession } from './session.ts'

const { quarantine, json, rows } = openSession(100)

describe('bad usage ends with 2, says why, and changes nothing', () => {
  const set = ['--set', 'amount=1']
  test.each([
    ['no rows named', ['fix', ...set], 'give a filter, an --id, or --all'],
    ['no rows named to discard', ['discard', '--reason', 'x'], 'give a filter, an --id, or --all'],
    ['no rows named to send back', ['export'], 'give a filter, an --id, or --all'],
    ['ids beside a filter', ['fix', '--id', '1', '--source', 'claims', ...set], '--id names the rows itself'],
    ['ids beside all', ['replay', '--id', '1', '--all'], '--id names the rows itself'],
    ['no change', ['fix', '--all'], 'not 0'],
    ['two ways to change', ['fix', '--all', ...set, '--accept-suggestions', '0.9'], 'not 2'],
    ['several cells of many rows', ['fix', '--all', ...set, '--set', 'status=paid'], 'in one row alone'],
    ['a cell without a value', ['fix', '--all', '--set', 'amount'], 'FIELD=VALUE'],
    ['a record for many rows', ['fix', '--all', '--record', 'a,b'], 'one record'],
    ['a replacement of nothing', ['fix', '--all', '--replace', 'amount', '--with', 'x'], 'needs --find'],
    ['something to find for no replacement', ['fix', '--all', '--find', 'x', ...set], 'go with --replace'],
    ['a merge into nothing', ['fix', '--all', '--merge', 'status', '--from', 'x'], 'needs --from and --to'],
    ['a pattern that is none', ['fix', '--all', '--replace', 'amount', '--find', '(', '--with', '', '--regex'], 'RE2'],
    ['a column that is none', ['fix', '--all', '--set', 'nope=1'], 'No source has a column nope'],
    ['a confidence above one', ['fix', '--all', '--accept-suggestions', '2'], 'from 0 to 1'],
    ['a preview to be replayed', ['fix', '--all', ...set, '--preview', '--replay'], 'changes nothing'],
    ['a waiver without an end', ['waive', '--all', '--owner', 'a', '--reason', 'b'], '--until DAY or --forever'],
    ['a waiver of nobody', ['waive', '--all', '--reason', 'b', '--forever'], "'--owner <name>' not specified"],
    ['a discard for no reason', ['discard', '--all'], "'--reason <text>' not specified"],
    ['a reason meant as filter', ['discard', '--all', '--reason', 'row: unparsable'], '--for "row: unparsable"'],
    ['a state that is none', ['list', '--state', 'lost'], 'open, corrected'],
    ['an age that is none', ['list', '--age', '2 days'], '7 days'],
    ['a row that is none', ['fix', '--id', '999999', ...set], '999999'],
    ['a replay of no row', ['replay', '--id', '999999'], '999999'],
    ['a replay of rows that no filter finds', ['replay', '--source', 'nothing'], 'No row of the quarantine matches'],
    ['an operation that is none', ['undo', '99'], 'no operation 99'],
    ['nothing to undo', ['undo'], 'nothing to undo'],
    ['a conflict to be kept', ['resolve', '1', '--keep', 'both'], 'correction, source'],
  ])('%s', async (_situation, args, message) => {
    const { code, stdout, stderr } = await quarantine(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
  })

  test('as one JSON document on stdout too when that was asked for', async () => {
    const { code, stdout } = await quarantine('fix', '--set', 'amount=1', '--json')
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE', saved: 'Nothing was changed.' } })
  })

  test('and the workspace has to be named', async () => {
    const { code, stderr } = await assayHere(['quarantine', 'list'])
    expect(code).toBe(2)
    expect(stderr).toContain("'--workspace <dir>' not specified")
  })

  test('after all of which nothing was done', async () => {
    expect(await json('history')).toEqual({ operations: [], total: 0 })
    expect(await rows('--waiting')).toEqual([])
  })
})
