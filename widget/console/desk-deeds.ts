/**
 * What a key or a button does on the desk, under the same names for both.
 */
import type { KeyDeed } from './keys.ts'
import type { PorchlightDesk } from './porchlight-desk.ts'

type ButtonDeed = 'takeOver' | 'handBack'

export function deskDeeds(page: PorchlightDesk): Readonly<Record<KeyDeed | ButtonDeed, () => void>> {
  const { desk } = page
  const { work, alarms } = desk
  const focus = (what: string): void => page.querySelector<HTMLElement>(what)?.focus()
  const under = (deed: 'release' | 'takeover' | 'hand-back'): void => {
    if (work.isMine) void desk.act(deed)
  }
  return {
    next: () => page.move(1),
    previous: () => page.move(-1),
    claim: () => void (work.lead?.state === 'open' && desk.act('claim').then(() => focus('.actions button'))),
    chat: () => under(work.isLive ? 'hand-back' : 'takeover'),
    takeOver: () => under('takeover'),
    handBack: () => under('hand-back'),
    write: () => focus('.composer textarea'),
    close: () => {
      if (work.isMine) page.dialog = 'close'
    },
    later: () => {
      if (work.isMine) page.dialog = 'later'
    },
    pass: () => {
      if (!work.isMine) return
      page.dialog = 'pass'
      void desk.pass()
    },
    undo: () => void (work.lead?.state === 'closed' && desk.act('reopen')),
    release: () => under('release'),
    'open-alarm': () => {
      const [lead] = [...alarms.of('danger-again'), ...alarms.of('danger'), ...alarms.of('promise-late')]
      if (lead !== undefined) page.open(lead)
      else if (alarms.isForAdmin) void desk.turnTo('audit')
    },
    ...pageDeeds(page),
    back: () => back(page),
    keys: () => {
      page.dialog = page.dialog === 'keys' ? null : 'keys'
    },
  }
}

/** Which page, and which part of the queue. */
function pageDeeds(page: PorchlightDesk) {
  const { desk } = page
  return {
    glass: () => {
      if (desk.staff?.canBreakGlass) page.dialog = 'glass'
    },
    hold: () => {
      if (desk.staff?.role === 'admin' && desk.work.lead && !desk.work.lead.isErased) page.dialog = 'hold'
    },
    silence: () => desk.alarms.silence(),
    search: () => page.querySelector<HTMLElement>('#search')?.focus(),
    order: () => void desk.order(),
    waiting: () => void desk.show('open'),
    taken: () => void desk.show('claimed'),
    closed: () => void desk.show('closed'),
    shift: () => void desk.turnTo('shift'),
    unanswered: () => void desk.turnTo('questions'),
    figures: () => void desk.turnTo('figures'),
  }
}

/** Out of a field first, then out of another page, then out of the lead. */
function back(page: PorchlightDesk): void {
  const { desk } = page
  const field = document.activeElement as HTMLElement
  if (field.matches('input, textarea, select')) field.blur()
  else if (desk.page !== 'queue') void desk.show('open')
  else {
    const id = desk.work.lead?.id
    desk.leave()
    page.querySelector<HTMLElement>(`.row[data-lead="${id}"]`)?.focus()
  }
}
