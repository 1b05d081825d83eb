/**
 * The rehearsal at the desk: signs in, finds the lead, claims it and closes it as a test.
 */
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'

const Leads = z.object({
  leads: z.array(z.object({ id: z.string(), conversation: z.string() })),
  next: z.string().nullable(),
})
const Claimed = z.object({ lease: z.object({ fence: z.number() }) })

export interface RehearsalDesk {
  leadOf(conversation: string): Promise<string | null>
  claim(lead: string): Promise<number>
  closeAsTest(lead: string, fence: number): Promise<void>
  signOut(): Promise<void>
}

/** @throws AdmissionsError `SIGN_IN_FAILED`. */
export async function rehearsalDesk(
  url: string,
  who: { name: string; password: string; code?: string },
): Promise<RehearsalDesk> {
  const api = `${url}/desk/api`
  const signedIn = await fetch(`${api}/session`, { method: 'POST', headers: json, body: JSON.stringify(who) })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0]
  if (!signedIn.ok || cookie === undefined)
    throw new AdmissionsError('SIGN_IN_FAILED', `The desk answered ${signedIn.status} to the sign-in.`)
  const call = async (path: string, init: { method?: string; body?: object } = {}): Promise<unknown> => {
    const body = init.body === undefined ? null : JSON.stringify(init.body)
    const method = init.method ?? (body === null ? 'GET' : 'POST')
    const response = await fetch(`${api}/${path}`, { method, body, headers: { ...json, cookie } })
    if (!response.ok) throw new AdmissionsError('ServiceError', `The desk answered ${response.status}.`)
    return response.status === 204 ? null : response.json()
  }
  return {
    async leadOf(conversation) {
      for (let after: string | null = null; ; ) {
        const page = Leads.parse(await call(`leads?state=open&limit=1000${after === null ? '' : `&after=${after}`}`))
        const found = page.leads.find((lead) => lead.conversation === conversation)
        if (found || page.next === null) return found?.id ?? null
        after = page.next
      }
    },
    claim: async (lead) => Claimed.parse(await call(`leads/${lead}/claim`, { method: 'POST' })).lease.fence,
    async closeAsTest(lead, fence) {
      await call(`leads/${lead}/close`, { body: { fence, disposition: 'test', note: '' } })
    },
    async signOut() {
      await call('session', { method: 'DELETE' })
    },
  }
}

const json = { 'content-type': 'application/json' }
