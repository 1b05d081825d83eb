/**
 * The project's own source files, parsed once, for the tests that hold the house to its rules.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

export const root = new URL('../../', import.meta.url).pathname
export const folders = ['flows', 'knowledge', 'bot', 'widget', 'test'] as const

export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

export interface SourceFile {
  /** From the root, e.g. `flows/engine/step.ts`. */
  readonly path: string
  readonly text: string
  readonly lines: number
  readonly ast: Node
}

/** Every hand-written TypeScript file; generated tables are left out. */
export function sourceFiles(): SourceFile[] {
  return folders.flatMap((folder) => walk(join(root, folder))).map(read)
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return walk(path)
    const isSource =
      entry.name.endsWith('.ts') && !entry.name.endsWith('.generated.ts') && !entry.name.endsWith('.d.ts')
    return isSource ? [path] : []
  })
}

function read(path: string): SourceFile {
  const text = readFileSync(path, 'utf8')
  const ast = parseAst(text, { lang: 'ts' }) as unknown as Node
  return { path: relative(root, path), text, lines: text.split('\n').length - 1, ast }
}

/** Calls back for every node of a tree, outer before inner. */
export function visit(node: unknown, callback: (node: Node) => void): void {
  if (node === null || typeof node !== 'object') return
  if (Array.isArray(node)) {
    for (const child of node) visit(child, callback)
    return
  }
  if ('type' in node && typeof node.type === 'string') callback(node as Node)
  for (const [key, child] of Object.entries(node)) if (key !== 'parent') visit(child, callback)
}

export interface Import {
  readonly from: string
  readonly typeOnly: boolean
}

export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = []
  visit(file.ast, (node) => {
    const isImport =
      node.type === 'ImportDeclaration' ||
      node.type === 'ExportNamedDeclaration' ||
      node.type === 'ExportAllDeclaration'
    const source = node.source as { value?: unknown } | null | undefined
    if (isImport && typeof source?.value === 'string') {
      const kind = node.importKind ?? node.exportKind
      const specifiers = (node.specifiers as { importKind?: string; exportKind?: string }[] | undefined) ?? []
      const allTypes = specifiers.length > 0 && specifiers.every((one) => (one.importKind ?? one.exportKind) === 'type')
      found.push({ from: source.value, typeOnly: kind === 'type' || allTypes })
    }
    if (node.type === 'ImportExpression' && typeof source?.value === 'string')
      found.push({ from: source.value, typeOnly: false })
  })
  return found
}

export function lineOf(file: SourceFile, offset: number): number {
  return file.text.slice(0, offset).split('\n').length
}
