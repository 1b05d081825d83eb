/**
 * The rules of the house, held by machine: who may import whom, how large a thing may be, which
 * subset of the language is used. Each failure says what, why and how to mend.
 */
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { type Import, importsOf, lineOf, type SourceFile, sourceFiles, visit } from './source-files.ts'

const files = sourceFiles()
const product = files.filter((file) => !file.path.startsWith('test/'))

/** What each folder may import from outside itself. */
const allowed: Record<string, { folders: string[]; packages: string[] | 'any' }> = {
  flows: { folders: [], packages: ['zod', 'yaml'] },
  knowledge: { folders: [], packages: ['zod', 'yaml'] },
  bot: { folders: ['flows', 'knowledge'], packages: 'any' },
  widget: { folders: ['flows'], packages: ['lit', 'lit/*'] },
}

test('there are enough files for the rules to mean something', () => {
  expect(product.length).toBeGreaterThan(60)
})

test('folders import only what the house allows', () => {
  expect(product.flatMap((file) => importsOf(file).flatMap((one) => importFault(file, one)))).toEqual([])
})

test('special things stand in one place only', () => {
  const places: [RegExp, RegExp, string][] = [
    [
      /^(botbuilder|@microsoft\/agents)/,
      /^bot\/channels\//,
      'the SDK is confined so that its successor is one small change',
    ],
    [/^ioredis$/, /^bot\/stores\/redis\/connection\.ts$/, 'one file speaks Redis'],
    [/^openai$/, /^bot\/providers\/openai\.ts$/, 'one file speaks to a model'],
    [
      /^node:fs/,
      /^(bot\/|knowledge\/library\.ts$)/,
      'flows and knowledge are pure; knowledge/library.ts reads the folder',
    ],
  ]
  const faults = product.flatMap((file) =>
    importsOf(file).flatMap((one) =>
      places
        .filter(([name, place]) => name.test(one.from) && !place.test(file.path))
        .map(([, , why]) => `${file.path}: ${one.from} (${why}): move it`),
    ),
  )
  expect(faults).toEqual([])
})

test('flows and knowledge have no clock, no chance and no environment', () => {
  const impure =
    /\b(Date\.now|new Date\(\)|Math\.random|process\.|performance\.now|crypto\.|fetch\(|setTimeout|setInterval)/
  const pure = product.filter((file) => /^(flows|knowledge)\//.test(file.path) && file.path !== 'knowledge/library.ts')
  expect(pure.flatMap((file) => matches(file, impure, 'pure code takes time and chance as arguments'))).toEqual([])
})

test('process.env is read in one file, document and window in the widget only', () => {
  const environment = product
    .filter((file) => file.path !== 'bot/config.ts')
    .flatMap((file) => matches(file, /process\.env/, 'settings come from bot/config.ts'))
  const page = product
    .filter((file) => !file.path.startsWith('widget/'))
    .flatMap((file) =>
      matches(
        file,
        /(?<![\w.'-])(document|window)\.(body|head|documentElement|cookie|title|query\w+|get\w+By\w+|create\w+|addEventListener|location|history)\b/,
        'only the widget has a page',
      ),
    )
  expect([...environment, ...page]).toEqual([])
})

test('files fit in one reading, functions on a screen', () => {
  const long = files
    .filter((file) => file.lines > 250)
    .map((file) => `${file.path}: ${file.lines} lines, at most 250: it has two ideas, name the second`)
  expect([...long, ...product.flatMap(functionFaults)]).toEqual([])
})

test('names and language stay in the subset', () => {
  const badName = files.filter(
    (file) =>
      !/^[a-z0-9-]+(\.[a-z0-9]+)*\.ts$/.test(file.path.split('/').at(-1) as string) ||
      /(utils|helpers|manager)\.ts$/.test(file.path),
  )
  const forbidden = new Set([
    'TSEnumDeclaration',
    'TSModuleDeclaration',
    'Decorator',
    'TSParameterProperty',
    'TSAnyKeyword',
  ])
  const faults = files.flatMap((file) => {
    const found: string[] = []
    visit(file.ast, (node) => {
      if (forbidden.has(node.type))
        found.push(
          `${file.path}:${lineOf(file, node.start)} ${node.type}: Node runs erasable types only, and any hides mistakes`,
        )
    })
    return found
  })
  expect([
    ...badName.map((file) => `${file.path}: name it after the one thing it holds, in kebab-case`),
    ...faults,
  ]).toEqual([])
})

test('there are no import cycles', () => {
  expect(cycles()).toEqual([])
})

function importFault(file: SourceFile, one: Import): string[] {
  const folder = file.path.split('/')[0] as string
  const rule = allowed[folder]
  if (!rule || one.from.startsWith('node:')) return []
  if (!one.from.startsWith('.')) {
    const fits =
      rule.packages === 'any' ||
      rule.packages.some((name) => (name.endsWith('/*') ? one.from.startsWith(name.slice(0, -1)) : one.from === name))
    return fits ? [] : [`${file.path}: ${one.from} is not for ${folder}: do it in bot, or in plain code`]
  }
  const target = normalize(join(dirname(file.path), one.from))
  const other = target.split('/')[0] as string
  if (folder === 'flows' && file.path.startsWith('flows/safety/') && !target.startsWith('flows/safety/')) {
    return [`${file.path}: ${one.from}: flows/safety also runs in the browser and imports nothing from outside`]
  }
  if (other === folder) return []
  if (folder === 'widget' && other === 'flows') {
    return one.typeOnly || target.startsWith('flows/safety/')
      ? []
      : [`${file.path}: ${one.from}: the widget takes types from flows, and values from flows/safety only`]
  }
  return rule.folders.includes(other) ? [] : [`${file.path}: ${one.from}: ${folder} may not import ${other}`]
}

function matches(file: SourceFile, pattern: RegExp, why: string): string[] {
  return file.text.split('\n').flatMap((line, index) => {
    const code = line.replace(/^\s*(\*|\/\/|\/\*).*$/, '').replace(/\/\/.*$/, '')
    return pattern.test(code) ? [`${file.path}:${index + 1} ${pattern.exec(code)?.[0]}: ${why}`] : []
  })
}

function functionFaults(file: SourceFile): string[] {
  const found: string[] = []
  visit(file.ast, (node) => {
    if (!['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type)) return
    const from = lineOf(file, node.start)
    const lines = lineOf(file, node.end) - from + 1
    const parameters = (node.params as Node[]).length
    if (lines > 40) found.push(`${file.path}:${from} a function of ${lines} lines, at most 40: give its parts names`)
    if (parameters > 3 && !isExpressErrorHandler(node.params as Node[]))
      found.push(`${file.path}:${from} ${parameters} parameters, at most 3: pass one object`)
  })
  return found
}

/** Express knows an error handler by its four parameters. */
function isExpressErrorHandler(parameters: Node[]): boolean {
  return parameters.map((parameter) => parameter.name).join(' ') === 'error request response next'
}

function cycles(): string[] {
  const graph = new Map(
    product.map((file) => [
      file.path,
      importsOf(file)
        .filter((one) => one.from.startsWith('.') && !one.typeOnly)
        .map((one) => normalize(join(dirname(file.path), one.from))),
    ]),
  )
  const done = new Set<string>()
  const found: string[] = []
  const walk = (path: string, trail: string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (done.has(path) || trail.includes(path)) return
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) walk(path, [])
  return found
}

interface Node {
  readonly [key: string]: unknown
}
