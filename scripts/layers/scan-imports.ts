import { Visitor, parseSync } from 'vite'
import type { ESTree } from 'vite'

/** One place in a file that names another module. */
export interface ImportSite {
  /** What is written between the quotes; null when it is computed and so cannot be checked. */
  readonly specifier: string | null
  /** Counts from 1. */
  readonly line: number
  /** True when nothing of it is left at run time. */
  readonly isTypeOnly: boolean
}

/** Every import of a source text: static, re-exported, dynamic, `require` and `import('…')` types. Throws on a syntax error. */
export function scanImports(fileName: string, text: string): readonly ImportSite[] {
  const parsed = parseSync(fileName, text)
  const problem = parsed.errors[0]
  if (problem) throw new Error(`${fileName} cannot be parsed: ${problem.message}`)

  const sites: ImportSite[] = []
  const add = (node: { start: number }, source: ESTree.Node | null | undefined, isTypeOnly: boolean): void => {
    const specifier = source?.type === 'Literal' && typeof source.value === 'string' ? source.value : null
    sites.push({ specifier, line: text.slice(0, node.start).split('\n').length, isTypeOnly })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node, node.source, isErased(node.importKind, node.specifiers)),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node, node.source, isErased(node.exportKind, node.specifiers))
    },
    ExportAllDeclaration: (node) => add(node, node.source, node.exportKind === 'type'),
    ImportExpression: (node) => add(node, node.source, false),
    TSImportType: (node) => add(node, node.source, true),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(node, node.arguments[0], false)
    },
  }).visit(parsed.program)
  return sites
}

/** With `verbatimModuleSyntax`, `import { type A }` still loads the module; only `import type` vanishes. */
function isErased(kind: string | undefined, specifiers: readonly unknown[]): boolean {
  return kind === 'type' && specifiers.length > 0
}
