/**
 * Speaks OpenID Connect by a certified client; nothing of the protocol is written here.
 */
import * as client from 'openid-client'

export interface OpenIdSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  /** Seconds since the provider last saw the person herself; older than that it asks her anew. null = its own rule. */
  readonly maxAgeS: number | null
}

/** What must come back unchanged, kept by the browser under our seal. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface OpenIdClient {
  begin(): Promise<{ attempt: Attempt; url: URL }>
  /** @returns `issuer subject`, or null when the provider or the answer says no. */
  finish(callback: URL, attempt: Attempt): Promise<string | null>
}

/** Reads the provider's own description first. Plain http is for a provider on this machine. */
export async function openIdClient({
  issuer,
  clientId,
  clientSecret,
  redirectUri,
  maxAgeS,
}: OpenIdSettings): Promise<OpenIdClient> {
  const isLocal = new URL(issuer).protocol === 'http:'
  const execute = isLocal ? [client.allowInsecureRequests] : []
  const known = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, { execute, timeout: 10 })
  return {
    async begin() {
      const verifier = client.randomPKCECodeVerifier()
      const attempt = { state: client.randomState(), nonce: client.randomNonce(), verifier }
      const url = client.buildAuthorizationUrl(known, {
        redirect_uri: redirectUri,
        scope: 'openid',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(maxAgeS === null ? {} : { max_age: String(maxAgeS) }),
      })
      return { attempt, url }
    },
    async finish(callback, { state, nonce, verifier }) {
      const age = maxAgeS === null ? {} : { maxAge: maxAgeS }
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
        ...age,
      }
      const tokens = await client.authorizationCodeGrant(known, callback, checks).catch(() => null)
      const claims = tokens?.claims()
      return claims ? `${claims.iss} ${claims.sub}` : null
    },
  }
}
