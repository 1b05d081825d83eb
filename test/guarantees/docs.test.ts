/** What the documents name is there: files, folders and npm scripts. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { folders, root } from './source-files.ts'

const tops = [...folders, 'docs', 'deploy', 'scripts']
const inTops = globSync(`{${tops.join()}}/**/*`, { cwd: root })
const all = [...globSync('*.*', { cwd: root }), ...tops, ...inTops]
const documents = globSync(['*.md', 'docs/**/*.md', `{${tops.join()}}/*.md`], { cwd: root })
const file = '(?:[\\w@-]+/)*[\\w@.-]+\\.(?:ts|js|md|yaml|json|jsonl|css|html|txt|conf|service)'
const named = new RegExp(`\`(${file}|(?:${tops.join('|')})/[\\w/-]*)\``, 'g')

/** Made by the build, and what a program's folder holds once it has been written. */
const later = ['porchlight-chat.js', 'facts/stated-by-the-team.md', 'source/stated-by-the-team.txt', 'source/page.txt']

/** A path from the root or from a folder that the text is about; a decision by its number alone. */
function isThere(path: string): boolean {
  const wanted = path.replace(/\/$/, '')
  return later.includes(path) || all.some((one) => `/${one}`.endsWith(`/${wanted}`) || one.startsWith(`${wanted}-`))
}

test.each(documents)('%s names no file or script that is not there', (document) => {
  const text = readFileSync(`${root}${document}`, 'utf8')
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const paths = [...text.matchAll(named)].map(([, path = '']) => path)
  expect(paths.filter((path) => !isThere(path))).toEqual([])
  const runs = [...text.matchAll(/npm run (?:--silent )?([a-z:]+)/g)].map(([, name = '']) => name)
  expect(runs.filter((name) => !(name in scripts))).toEqual([])
})
