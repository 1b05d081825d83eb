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
  /** What the provider must say of how it asked: `null` nothing, `two` a second factor in `amr`, or one of these values of `acr`. */
  readonly strength: 'two' | readonly string[] | null
}

/** What must come back unchanged, kept by the browser under our seal. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface OpenIdClient {
  begin(): Promise<{ attempt: Attempt; url: URL }>
  /** @returns `issuer subject`; null when the provider or the answer says no, `weak` when it does not say that it asked for enough. */
  finish(callback: URL, attempt: Attempt): Promise<{ readonly subject: string } | 'weak' | null>
}

/** Reads the provider's own description first. Plain http is for a provider on this machine. */
export async function openIdClient(settings: OpenIdSettings): Promise<OpenIdClient> {
  const { issuer, clientId, clientSecret, maxAgeS, strength } = settings
  const isLocal = new URL(issuer).protocol === 'http:'
  const execute = isLocal ? [client.allowInsecureRequests] : []
  const known = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, { execute, timeout: 10 })
  return {
    async begin() {
      const verifier = client.randomPKCECodeVerifier()
      const attempt = { state: client.randomState(), nonce: client.randomNonce(), verifier }
      const challenge = await client.calculatePKCECodeChallenge(verifier)
      const url = client.buildAuthorizationUrl(known, askingFor(settings, attempt, challenge))
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
      if (!claims) return null
      return isEnough(claims, strength) ? { subject: `${claims.iss} ${claims.sub}` } : 'weak'
    },
  }
}

function askingFor(
  { redirectUri, maxAgeS, strength }: OpenIdSettings,
  { state, nonce }: Attempt,
  challenge: string,
): Record<string, string> {
  return {
    redirect_uri: redirectUri,
    scope: 'openid',
    state,
    nonce,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(maxAgeS === null ? {} : { max_age: String(maxAgeS) }),
    ...(strength !== null && strength !== 'two' && { acr_values: strength.join(' ') }),
  }
}

/** Kinds of evidence by RFC 8176: what one knows, has and is. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  knows: ['pwd', 'pin', 'kba'],
  has: ['otp', 'hwk', 'swk', 'sms', 'tel', 'sc', 'pop'],
  is: ['fpt', 'face', 'iris', 'retina', 'vbm'],
}

/** What is not said counts as not asked (OWASP ASVS 5.0, 6.8.4). */
function isEnough(claims: client.IDToken, strength: OpenIdSettings['strength']): boolean {
  if (strength === null) return true
  if (strength !== 'two') return strength.includes(String(claims.acr))
  const said = Array.isArray(claims.amr) ? claims.amr.map(String) : []
  return (
    said.includes('mfa') || Object.values(kinds).filter((kind) => said.some((one) => kind.includes(one))).length > 1
  )
}
