/**
 * A real provider of OpenID Connect on this machine, at which one person signs in by being asked.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export interface ProviderInTest {
  readonly issuer: string
  /** Who signs in next. */
  subject: string
  /** How it asked that person, as it states in `amr` and `acr`. */
  asked: { readonly amr?: string[]; readonly acr?: string }
  close(): void
}

export async function openProvider(client: {
  id: string
  secret: string
  redirectUri: string
}): Promise<ProviderInTest> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.redirectUri] }],
    findAccount: (_context, subject) => ({ accountId: subject, claims: () => ({ sub: subject }) }),
    acrValues: ['gold'],
    claims: { openid: ['sub', 'acr', 'amr'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    async loadExistingGrant(context) {
      const { client: asking, session } = context.oidc
      const grant = new context.oidc.provider.Grant({
        clientId: asking?.clientId ?? '',
        accountId: session?.accountId ?? '',
      })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  })
  const handle = provider.callback()
  const one: ProviderInTest = { issuer, subject: 'nobody', asked: {}, close: () => server.close() }
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response)
    void provider.interactionFinished(request, response, { login: { accountId: one.subject, ...one.asked } })
  })
  return one
}

/** Follows redirects as a browser does, with its cookies, until an address of `stop` or a page. */
export async function browse(start: string, cookies: Map<string, string>, stop: (url: URL) => boolean): Promise<URL> {
  let url = new URL(start)
  for (let hop = 0; hop < 12 && !stop(url); hop += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { headers: { cookie, 'sec-fetch-mode': 'navigate' }, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const location = response.headers.get('location')
    if (location === null) return url
    url = new URL(location, url)
  }
  return url
}
