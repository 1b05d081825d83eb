import { expect, test, vi } from 'vitest'
import { run } from '../../bot/cli.ts'

test.each(['flow', 'instrument', 'routing', 'crisis', 'phrases', 'reading', 'override'])(
  'an editor can complete a file of the kind %s',
  async (kind) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    expect(await run(['schema', kind])).toBe(0)
    const schema = JSON.parse(String(write.mock.calls[0]?.[0]))
    write.mockRestore()
    expect(schema.$schema).toMatch(/2020-12/)
    expect(Object.keys(schema.properties).length).toBeGreaterThan(1)
  },
)

test('a kind that does not exist is refused with those that do', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(await run(['schema', 'nonsense'])).toBe(2)
  const told = write.mock.calls.join('')
  write.mockRestore()
  expect(told).toContain('flow, instrument')
})
