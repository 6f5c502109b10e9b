export type SqlTokenKind = 'keyword' | 'string' | 'number' | 'comment' | 'template' | 'name' | 'other'

export interface SqlToken {
  readonly kind: SqlTokenKind
  readonly text: string
  /** Where it begins in the SQL. */
  readonly start: number
}

const keywords = new Set(
  (
    'all and as asc between by case cast collate cross current desc distinct else end escape except exclude exists filter ' +
    'following from full glob group groups having in inner intersect is isnull join left like limit materialized natural not ' +
    'notnull null nulls first last offset on or order outer over partition preceding range recursive right rows select then ' +
    'unbounded union using values when where window with row true false'
  ).split(' '),
)

// Alternatives in order: templates before braces, comments before operators, strings before names.
const pattern = new RegExp(
  [
    String.raw`(?<template>\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\})`,
    String.raw`(?<comment>--[^\n]*|/\*[\s\S]*?\*/)`,
    String.raw`(?<string>'(?:[^']|'')*')`,
    String.raw`(?<number>\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b)`,
    String.raw`(?<name>"(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_]*)`,
  ].join('|'),
  'gi',
)

/** Parts SQL (and the templates in it) into coloured pieces; joined again they are the text, letter for letter. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = []
  let end = 0
  for (const match of sql.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: 'other', text: sql.slice(end, match.index), start: end })
    tokens.push({ kind: kindOf(match), text: match[0], start: match.index })
    end = match.index + match[0].length
  }
  if (end < sql.length) tokens.push({ kind: 'other', text: sql.slice(end), start: end })
  return tokens
}

function kindOf(match: RegExpExecArray): SqlTokenKind {
  const { template, comment, string, number } = match.groups ?? {}
  if (template !== undefined) return 'template'
  if (comment !== undefined) return 'comment'
  if (string !== undefined) return 'string'
  if (number !== undefined) return 'number'
  return keywords.has(match[0].toLowerCase()) ? 'keyword' : 'name'
}
