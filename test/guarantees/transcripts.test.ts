/**
 * Every transcript is said word for word as it is written: a changed sentence shows here, to be read.
 */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { expect, test } from 'vitest'
import { transcriptFiles } from '../../bot/commands/replay.ts'
import { playTranscript } from '../../bot/scripts/play-transcript.ts'
import { readTranscript } from '../../bot/scripts/transcript.ts'
import { readWorld } from '../../bot/world.ts'

const files = transcriptFiles()
const world = readWorld('knowledge/programs')

test('there are transcripts, in both languages', () => {
  const locales = files.map((file) => readTranscript(readFileSync(file, 'utf8')).front.locale)
  expect(files.length).toBeGreaterThanOrEqual(60)
  expect(new Set(locales)).toEqual(new Set(['en-US', 'es-US']))
})

test.each(files.map((file) => [relative('.', file), file]))('%s is said word for word', async (_name, file) => {
  const { differences } = await playTranscript(world, readTranscript(readFileSync(file, 'utf8')))
  expect(differences).toEqual([])
})
