import { expect, test } from 'vitest'
import { heavierCard, ownEntry, toEntry, wantsField, withEntry } from '../../widget/shared/view-model.ts'
import { foldSources } from '../../widget/visitor/source-folds.ts'
import { answer, ask, crisis } from './scripted-bot.ts'

const activity = (more: object) => ({ type: 'message', id: 'a1', from: { id: 'bot', role: 'bot' }, ...more })
const own = (key: string, text: string, at: number) => ownEntry({ key, text, lang: 'en', at })
const fact = (quote: string, reviewed = 'awaiting-review') => ({
  id: quote,
  source: { file: 'page.txt', line: 1, quote, retrievedAt: '2026-11-21T10:00:00Z' },
  reviewed,
})

test('a message with every field missing still has an entry, a foreign type has none', () => {
  expect(toEntry({ type: 'message' }, 7)).toMatchObject({ key: '7', speaker: 'bot', kind: 'notice', text: '', at: 7 })
  expect(toEntry({ type: 'conversationUpdate' }, 7)).toBeNull()
  expect(toEntry({ type: 'typing' }, 7)).toBeNull()
})

test('who speaks is read from kind, role, id and client id, in this order', () => {
  const speaker = (more: object) => toEntry({ type: 'message', ...more }, 0)?.speaker
  expect(speaker({ from: { id: 'staff:ana', role: 'bot' } })).toBe('staff')
  expect(speaker({ from: { id: 'x', role: 'bot' } })).toBe('bot')
  expect(speaker({ from: { id: 'dl_1' } })).toBe('visitor')
  expect(speaker({ channelData: { clientActivityID: 'c' } })).toBe('visitor')
  expect(speaker({ channelData: { porchlight: { kind: 'staff' } } })).toBe('staff')
})

test('the options of a question are shown and sent by their label', () => {
  const asked = ask('How often?', {
    type: 'choice',
    optional: false,
    options: [{ value: 'never', label: 'Not at all' }],
  })
  expect(toEntry(activity(asked), 0)?.replies).toEqual([{ label: 'Not at all', value: 'Not at all' }])
})

test('several choices are a field and not quick replies', () => {
  const asked = ask('Which?', { type: 'multi', optional: false, options: [{ value: 'a', label: 'A' }] })
  expect(toEntry(activity(asked), 0)?.replies).toEqual([])
})

test('a card keeps only links that help: tel, sms and https', () => {
  const buttons = ['tel:988', 'sms:988', 'https://988lifeline.org', 'javascript:alert(1)', 'http://x', 'data:,x']
  const content = { buttons: buttons.map((value) => ({ type: 'openUrl' as const, title: value, value })) }
  const attachments = [{ contentType: 'application/vnd.microsoft.card.hero' as const, content }]
  const card = toEntry(activity({ attachments }), 0)?.card
  expect(card?.links.map(({ href }) => href)).toEqual(['tel:988', 'sms:988', 'https://988lifeline.org'])
})

test('a crisis card keeps its order, its label and its replies', () => {
  const card = toEntry(activity(crisis), 0)?.card
  expect(card?.label).toBe('suicide_active')
  expect(card?.links[0]).toEqual({ label: 'Call 988 now', href: 'tel:988' })
  expect(card?.replies).toEqual([{ label: 'I’m somewhere else', value: 'somewhere else' }])
})

test('a card without a title is headed by the first line of its message', () => {
  const card = toEntry(activity(crisis), 0)?.card
  expect(card?.title).toBe('You wrote that you want to end your life. Thank you for telling me.')
  expect(card?.text).toMatch(/^Please talk with a trained counselor.*\nI am an automated assistant/)
})

test('a lighter repetition of a card takes no way to help away; another danger replaces it', () => {
  const full = toEntry(activity(crisis), 0)?.card
  if (!full) throw new Error('The crisis activity has a card.')
  const lighter = { ...full, links: full.links.slice(0, 1) }
  expect(heavierCard(full, lighter)).toBe(full)
  expect(heavierCard({ ...full, isFromService: false }, lighter)).toBe(lighter)
  const other = { ...lighter, label: 'overdose_now' }
  expect(heavierCard(full, other)).toBe(other)
})

test('plain words go into the message box, what a browser can fill or check gets a field', () => {
  expect(wantsField({ type: 'text', field: 'what-happened', optional: false })).toBe(false)
  expect(wantsField({ type: 'text', field: 'given-name', optional: false })).toBe(true)
  expect(wantsField({ type: 'date', optional: false })).toBe(true)
  expect(wantsField({ type: 'consent', optional: false })).toBe(false)
  expect(wantsField(null)).toBe(false)
})

test('suggested replies come before options, and beside checkboxes only those that are none', () => {
  const options = [{ value: 'alcohol', label: 'Alcohol' }]
  const actions = ['Alcohol', 'I’d rather not say'].map((title) => ({ type: 'imBack' as const, title, value: title }))
  const replies = (type: 'multi' | 'choice') =>
    toEntry(activity({ ...ask('Which?', { type, optional: true, options }), suggestedActions: { actions } }), 0)
      ?.replies
  expect(replies('choice')?.map(({ label }) => label)).toEqual(['Alcohol', 'I’d rather not say'])
  expect(replies('multi')?.map(({ label }) => label)).toEqual(['I’d rather not say'])
})

test('facts of one page and one day share a fold; a reviewed one stands apart and bears its own day', () => {
  const folds = foldSources([fact('one'), fact('two'), fact('one'), fact('three', '2026-11-23')])
  expect(folds).toEqual([
    { url: null, checkedOn: '2026-11-21', awaitsReview: true, from: 'page', quotes: ['one', 'two'] },
    { url: null, checkedOn: '2026-11-23', awaitsReview: false, from: 'page', quotes: ['three'] },
  ])
  expect(foldSources(toEntry(activity(answer), 0)?.facts ?? [])[0]?.awaitsReview).toBe(true)
})

test('the echo of a message replaces it where it stands', () => {
  const first = own('c1', 'hello', 1)
  const second = own('c2', 'again', 2)
  const echo = toEntry({ type: 'message', id: 's1', text: 'hello', channelData: { clientActivityID: 'c1' } }, 3)
  const log = [first, second, echo ?? second].reduce(withEntry, [] as readonly (typeof first)[])
  expect(log.map(({ key, state }) => [key, state])).toEqual([
    ['c1', 'sent'],
    ['c2', 'sending'],
  ])
})

test('a streamed sentence grows in place and is ended by its message', () => {
  const chunk = (text: string, type = 'typing') =>
    toEntry({ type, id: `${text}`, text, channelData: { streamType: 'streaming', streamId: 's' } }, 0)
  const log = [chunk('You'), chunk('You come'), chunk('You come twice.', 'message')].reduce(
    (entries, entry) => (entry ? withEntry(entries, entry) : entries),
    [] as ReturnType<typeof withEntry>,
  )
  expect(log).toHaveLength(1)
  expect(log[0]).toMatchObject({ text: 'You come twice.', isPartial: false })
})

test('a member id is shown by its last four signs, words that refuse it are shown as they are', () => {
  const asked = toEntry(activity(ask('Member ID?', { type: 'member-id', optional: true })), 0)
  const log = asked ? [asked] : []
  expect(withEntry(log, own('c', 'XYZ 123456', 0)).at(-1)?.text).toBe('•••• 3456')
  expect(withEntry(log, own('c', 'not now', 0)).at(-1)?.text).toBe('not now')
})
