/** Promises of questions without a question's form: a topic named alone, or a verb before whom it is said of. */
import { afterAll, expect, test } from 'vitest'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { begin } from '../../bot/turn/begin.ts'
import { newId } from '../../bot/turn/conversations.ts'
import { dataOf } from '../../bot/turn/fresh-reply.ts'
import { takeTurn } from '../../bot/turn/turn.ts'

const house = houseInMemory()
afterAll(() => house.store.close())

async function kindsAfter(texts: readonly string[]): Promise<string[]> {
  const conversation = newId()
  await begin(house, { id: conversation, program: 'sample-004', user: newId('dl_'), locale: 'en-US' })
  await takeTurn(house, { conversation, activity: { type: 'conversationUpdate' } })
  let kinds: string[] = []
  for (const text of texts) {
    const { activities } = await takeTurn(house, { conversation, activity: { type: 'message', text } })
    kinds = activities.filter(({ from }) => from.role === 'bot').map((activity) => dataOf(activity).kind)
  }
  return kinds
}

test.each(['copay?', 'copay', 'deductible', 'medicaid?', 'medicaid', 'price'])(
  '"%s" at the question whom it is for is answered, and the script goes on',
  async (text) => {
    const [first, then] = await kindsAfter(['insurance', text])
    expect(['answer', 'partial', 'no-answer']).toContain(first)
    expect(then).toBe('question')
  },
)

test.each(['the program', 'asdf', 'hmm'])('"%s" there asks nothing', async (text) => {
  expect(await kindsAfter(['insurance', text])).not.toContain('partial')
})

test.each([
  'are therapists real ones or interns',
  'do my therapy hours go down once im sober a while',
  'is relapse prevention covered',
  'i have no insurance at all whats possible',
  'dan terapia familiar y tratan la ansiedad',
  'cada sesion de cuantas horas es y cuantas semanas en total',
  'my brother drinks and the roads are icy and i was wondering in all of that if you have any online option',
])('"%s" is answered, whatever else was heard in it', async (text) => {
  expect((await kindsAfter([text])).some((kind) => ['answer', 'partial', 'no-answer'].includes(kind))).toBe(true)
})

test('pain that asks nothing still has its kind words and no passage of a page', async () => {
  for (const text of [
    'i feel so ashamed of my drinking',
    'i relapsed again and hate myself for it',
    'my insurance dropped me and i cant stop crying',
  ])
    expect((await kindsAfter([text])).filter((kind) => kind === 'answer' || kind === 'partial')).toEqual([])
})
