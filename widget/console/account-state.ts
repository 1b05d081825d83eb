/**
 * One's own account on the desk: signing in with a second factor, and setting one up.
 */
import { call, type FactorSetup, type OwnSession, Refusal, type Staff } from './desk-api.ts'

export class AccountState {
  /** The password fitted and a code is asked. */
  needsCode = false
  /** The installation has a provider of OpenID Connect. */
  offersOpenId = false
  setup: FactorSetup | null = null
  recoveryCodes: readonly string[] | null = null
  /** The new password is in force. */
  isPasswordChanged = false
  /** Where one is signed in; null until it was asked for. */
  sessions: readonly OwnSession[] | null = null
  /** A session was ended a moment ago. */
  isEnded = false
  #isFactorOff = false
  fault = ''
  readonly #changed: () => void
  readonly #enrolled: () => void

  /** @param on.enrolled - the second factor is on now, or off. */
  constructor(on: { changed(): void; enrolled(): void }) {
    this.#changed = on.changed
    this.#enrolled = on.enrolled
  }

  async ask(): Promise<void> {
    const answer = await call<{ isOffered: boolean }>('open-id').catch(() => null)
    this.offersOpenId = answer?.isOffered ?? false
    this.#changed()
  }

  /** @throws Refusal as the service says it. */
  async signIn(name: string, password: string, code: string): Promise<Staff> {
    try {
      const staff = await call<Staff>('session', { body: { name, password, ...(code && { code }) } })
      this.needsCode = false
      return staff
    } catch (error) {
      if (error instanceof Refusal && error.code === 'SECOND_FACTOR_REQUIRED') this.needsCode = true
      throw error
    }
  }

  async begin(password: string): Promise<void> {
    await this.#try(async () => {
      this.setup = await call<FactorSetup>('second-factor', { body: { password } })
    })
  }

  /** @returns whether it is off. */
  async remove(password: string, code: string): Promise<boolean> {
    await this.#try(async () => {
      await call('second-factor', { method: 'DELETE', body: { password, code } })
      this.#isFactorOff = true
    })
    return this.#isFactorOff
  }

  async lookAtSessions(): Promise<void> {
    await this.#try(async () => {
      this.sessions = (await call<{ sessions: OwnSession[] }>('sessions')).sessions
    })
  }

  /** @param session - null: all but this one. */
  async endSession(password: string, session: string | null): Promise<void> {
    this.isEnded = false
    await this.#try(async () => {
      await call('sessions/end', { body: { password, session } })
      this.isEnded = true
      this.sessions = (await call<{ sessions: OwnSession[] }>('sessions')).sessions
    })
  }

  async confirm(code: string): Promise<void> {
    await this.#try(async () => {
      const { recoveryCodes } = await call<{ recoveryCodes: string[] }>('second-factor/confirm', { body: { code } })
      this.recoveryCodes = recoveryCodes
    })
  }

  async changePassword(current: string, next: string): Promise<void> {
    await this.#try(async () => {
      await call('password', { body: { current, next } })
      this.isPasswordChanged = true
    })
  }

  /** The codes leave the screen with the dialog. */
  leave(): void {
    const isChanged = this.recoveryCodes !== null || this.#isFactorOff
    this.#isFactorOff = false
    this.sessions = null
    this.isEnded = false
    this.setup = null
    this.recoveryCodes = null
    this.isPasswordChanged = false
    this.fault = ''
    if (isChanged) this.#enrolled()
    this.#changed()
  }

  async #try(deed: () => Promise<void>): Promise<void> {
    try {
      this.fault = ''
      await deed()
    } catch (error) {
      this.fault = error instanceof Refusal ? error.message : 'Something failed here: reload the page.'
    }
    this.#changed()
  }
}
