import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

test('the tag’s manifest names the attributes and events that its own page of code names', async () => {
  const code = await readFile('widget/launcher/porchlight-chat.ts', 'utf8')
  const manifest = JSON.parse(await readFile('widget/npm/custom-elements.json', 'utf8')) as {
    modules: { declarations: { attributes: { name: string }[]; events: { name: string }[] }[] }[]
  }
  const [declaration] = manifest.modules[0]?.declarations ?? []
  const attributes = [...code.matchAll(/@attribute ([\w-]+)/g)].map(([, name]) => name)
  expect(declaration?.attributes.map(({ name }) => name).sort()).toEqual(attributes.sort())
  const events = /@fires ([\w ]+?) - /.exec(code)?.[1]?.split(' ')
  expect(declaration?.events.map(({ name }) => name)).toEqual(events)
})
