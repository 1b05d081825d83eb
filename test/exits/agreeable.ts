/**
 * A visitor who answers everything over real HTTP, so that a lead has all that a lead can have.
 */
import { said, type Visitor } from '../bot/service-in-test.ts'
import { agree } from '../flows/house.ts'

/** @param own - answers by field or answer name of the question's options, before the agreeable ones. */
export async function agreeToAll(visitor: Visitor, own: Readonly<Record<string, string>> = {}): Promise<void> {
  for (let turn = 0; turn < 90; turn += 1) {
    const last = (await visitor.activities()).findLast((one) => one.from.role === 'bot')
    if (!last) throw new Error('the bot is silent')
    const data = said(last)
    if (data.flow === undefined || data.flow === 'closing') return
    const key = `${data.flow}/${data.step}`
    await visitor.say(own[key] ?? agree(last as never))
  }
}
