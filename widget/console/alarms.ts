/**
 * Who is in danger, or late, and waits for a person: what the alarm bar shows and the sound rings for.
 *
 * An alarm ends in two ways only: somebody silences it here, or somebody takes the lead. The service
 * calls again while nobody does, and then it rings again. Nobody silences what she was not shown.
 */
import { createAlarmSound } from './alarm.ts'
import type { Headline } from './desk-api.ts'

/** `danger-again`: the visitor of a lead that this person holds wrote of danger. */
export type AlarmReason = 'danger' | 'danger-again' | 'promise-late' | 'glass-broken' | 'account-locked'

/** What is about accounts and the trail: no visitor waits, and each stands once, in place of a lead. */
const forAdmins = ['glass-broken', 'account-locked'] as const

/** For these somebody waits. */
const ringing: readonly AlarmReason[] = ['danger', 'danger-again']
/** What one bar shows and one key silences, first things first. */
const bars: readonly (readonly AlarmReason[])[] = [ringing, ['promise-late'], ...forAdmins.map((one) => [one])]

export class Alarms {
  readonly sound = createAlarmSound()
  #raised: ReadonlyMap<string, AlarmReason> = new Map()
  /** Whoever rang here once does not ring again because the page was read anew. */
  readonly #known = new Set<string>()
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** Ids of leads, in the order in which they were raised. */
  of(reason: AlarmReason): readonly string[] {
    return [...this.#raised].filter(([, why]) => why === reason).map(([lead]) => lead)
  }

  /** Something about accounts or the trail, which the trail's page shows. */
  get isForAdmin(): boolean {
    return forAdmins.some((reason) => this.#raised.has(reason))
  }

  /** What the service calls out. @param listener.isMine - this person holds the lead. */
  hear(
    { lead, reason }: { lead: string | null; reason: string | null },
    listener: { isMine: boolean; isAdmin: boolean },
  ): void {
    const forAdmin = forAdmins.find((one) => one === reason)
    if (forAdmin) {
      if (listener.isAdmin) this.raise(forAdmin, forAdmin)
      return
    }
    if (lead === null || (reason === 'danger-again' && !listener.isMine)) return
    this.raise(lead, reason === 'promise-late' || reason === 'danger-again' ? reason : 'danger')
  }

  raise(lead: string, reason: AlarmReason): void {
    this.#known.add(lead)
    this.#set(new Map([...this.#raised, [lead, reason]]))
    notifyQuietly(reason)
  }

  /** Ends what the bar shows; what it hid is shown next. */
  silence(): void {
    const raised = [...this.#raised]
    const shown = bars.find((reasons) => raised.some(([, why]) => reasons.includes(why))) ?? []
    this.#set(new Map(raised.filter(([, why]) => !shown.includes(why))))
  }

  /** Somebody else may sign in here next. */
  forget(): void {
    this.#known.clear()
    this.#set(new Map())
  }

  /** Somebody has these now. */
  settle(leads: readonly string[]): void {
    const isSettled = ([lead, why]: [string, AlarmReason]) => why !== 'danger-again' && leads.includes(lead)
    this.#set(new Map([...this.#raised].filter((one) => !isSettled(one))))
  }

  /** Somebody looks at this one. */
  seen(lead: string): void {
    if (this.#raised.get(lead) === 'danger-again') {
      this.#set(new Map([...this.#raised].filter(([one]) => one !== lead)))
    }
  }

  /** A desk that opens later, or lost its line, rings for whoever waits in danger already. */
  raiseFor(waiting: readonly Headline[]): void {
    const isDanger = ({ acuity }: Headline) => acuity === 'emergency' || acuity === 'crisis'
    const missed = waiting.filter((lead) => isDanger(lead) && !lead.isRehearsal && !this.#known.has(lead.id))
    for (const { id } of missed) this.#known.add(id)
    this.#set(new Map([...this.#raised, ...missed.map(({ id }) => [id, 'danger'] as const)]))
  }

  #set(raised: ReadonlyMap<string, AlarmReason>): void {
    this.#raised = raised
    if ([...raised.values()].some((why) => ringing.includes(why))) this.sound.start()
    else this.sound.stop()
    this.#changed()
  }
}

/** A desktop notice without content, where the person has allowed them and looks elsewhere. */
function notifyQuietly(reason: AlarmReason): void {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted' || !document.hidden) return
  if (reason === 'glass-broken' || reason === 'account-locked') return
  const body = reason === 'promise-late' ? 'A promise is late.' : 'Somebody waits for a person now.'
  new Notification('Admissions desk', { body, tag: reason })
}
