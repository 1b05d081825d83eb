import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { buildWidget } from './built-widget.ts'

/** Brotli bytes by the file's name without its hash. */
const sizes = new Map<string, number>()
let launcher = ''

beforeAll(async () => {
  const dist = await buildWidget()
  for (const file of await readdir(dist)) {
    const content = await readFile(join(dist, file))
    const name = file.replace(/-[\w-]{8}(?=\.\w+$)/, '')
    if (/\.(js|css)$/.test(file)) sizes.set(name, brotliCompressSync(content).length)
    if (file === 'porchlight-chat.js') launcher = content.toString()
  }
  await rm(dist, { recursive: true })
})

const size = (name: string): number => {
  const bytes = sizes.get(name)
  expect(bytes, `${name} is built (there are: ${[...sizes.keys()].join(', ')})`).toBeDefined()
  return bytes ?? 0
}

/** Everything that a first message needs, launcher included. */
const firstMessage = () => size('porchlight-chat.js') + size('chat.js') + size('chat.css')

test('the launcher is one file of at most 1.5 kB and needs no other', () => {
  expect(size('porchlight-chat.js')).toBeLessThanOrEqual(1_500)
  expect(launcher).not.toMatch(/\bimport\s*[({"'`]/)
  expect(launcher).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval\(/)
})

test('launcher, chat and styles are at most 14 kB to the first message, in English and in Spanish', () => {
  expect(firstMessage()).toBeLessThanOrEqual(14_000)
  expect(firstMessage() + size('words-es.js')).toBeLessThanOrEqual(14_000)
})

test('what comes on demand is at most 4 kB each', () => {
  expect(size('parts.js')).toBeLessThanOrEqual(4_000)
  expect(size('fields.js')).toBeLessThanOrEqual(4_000)
  expect(size('words-es.js')).toBeLessThanOrEqual(4_000)
  expect(size('line-polling.js')).toBeLessThanOrEqual(4_000)
  expect(size('first-card.js')).toBeLessThanOrEqual(4_000)
  expect(size('browser-gate.js')).toBeLessThanOrEqual(4_000)
  expect(size('plain.css')).toBeLessThanOrEqual(4_000)
})

test('the browser’s gate is a chunk of its own of at most 40 kB', () => {
  expect(size('gate.js')).toBeLessThanOrEqual(40_000)
})

test('nothing is built that this page does not know of', () => {
  const known = [
    'porchlight-chat.js',
    'chat.js',
    'line-polling.js',
    'chat.css',
    'words-es.js',
    'parts.js',
    'fields.js',
    'browser-gate.js',
    'gate.js',
    'first-card.js',
    'plain.css',
    'demo.js',
    'demo.css',
  ]
  expect([...sizes.keys()].filter((name) => !/^desk|^console/.test(name)).sort()).toEqual(known.sort())
})
