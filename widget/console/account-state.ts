/**
 * One's own account on the desk: signing in with a second factor, and setting one up.
 */
import { call, type FactorSetup, Refusal, type Staff } from './desk-api.ts'

export class AccountState {
  /** The password fitted and a code is asked. */
  needsCode = false
  /** The installation has a provider of OpenID Connect. */
  offersOpenId = false
  setup: FactorSetup | null = null
  recoveryCodes: readonly string[] | null = null
  /** The new password is in force. */
  isPasswordChanged = false
  fault = ''
  readonly #changed: () => void
  readonly #enrolled: () => void

  /** @param on.enrolled - the second factor is on now. */
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

  async begin(): Promise<void> {
    await this.#try(async () => {
      this.setup = await call<FactorSetup>('second-factor', { method: 'POST' })
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
    const isOn = this.recoveryCodes !== null
    this.setup = null
    this.recoveryCodes = null
    this.isPasswordChanged = false
    this.fault = ''
    if (isOn) this.#enrolled()
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
