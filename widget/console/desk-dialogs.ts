/**
 * The desk's dialogs: one at a time, each over the page that it was opened from.
 */
import { nothing, type TemplateResult } from 'lit'
import { leadInAddress } from './address.ts'
import { closeView } from './close-view.ts'
import { factorView } from './factor-view.ts'
import { glassView } from './glass-view.ts'
import { holdView } from './hold-view.ts'
import { keysView } from './keys-view.ts'
import { laterView } from './later-view.ts'
import { passView } from './pass-view.ts'
import { passwordView } from './password-view.ts'
import type { PorchlightDesk } from './porchlight-desk.ts'
import { sessionsView } from './sessions-view.ts'

export type Dialog = 'keys' | 'close' | 'later' | 'pass' | 'factor' | 'glass' | 'hold' | 'password' | 'sessions'

export function dialogView(page: PorchlightDesk): TemplateResult | typeof nothing {
  const { desk, now } = page
  const leave = (): void => {
    page.dialog = null
  }
  const act = (...deed: Parameters<typeof desk.act>): void => {
    leave()
    void desk.act(...deed)
  }
  switch (page.dialog) {
    case null:
      return nothing
    case 'keys':
      return keys(page, leave)
    case 'close':
      return closeView({ close: (disposition, note) => act('close', { disposition, note }), leave })
    case 'later':
      return laterView({ now, later: (next) => act('call-again', next), leave })
    case 'pass':
      return passView({ colleagues: desk.work.colleagues, pass: (to) => act('transfer', { to }), leave })
    case 'glass':
      return glass(page, leave)
    case 'factor':
      return secondFactor(page, leave)
    case 'hold':
      return holdView({
        hold: desk.work.lead?.hold ?? null,
        now,
        place: (reason) => act('hold', { reason }),
        lift: () => act('lift-hold'),
        leave,
      })
    case 'password':
      return password(page, leave)
    case 'sessions':
      return sessions(page, leave)
  }
}

function keys(page: PorchlightDesk, leave: () => void): TemplateResult {
  const to = (dialog: Dialog) => () => {
    page.dialog = dialog
  }
  return keysView({
    lettersAreOn: page.lettersAreOn,
    setLetters: page.setLetters,
    askForNotices: page.askForNotices,
    secondFactor: to('factor'),
    changePassword: to('password'),
    showSessions: () => {
      to('sessions')()
      void page.desk.account.lookAtSessions()
    },
    hasSecondFactor: page.desk.staff?.secondFactor === true,
    leave,
  })
}

/** The address names it when somebody followed a link to a lead that this account does not see. */
function glass({ desk }: PorchlightDesk, leave: () => void): TemplateResult {
  return glassView({
    lead: desk.work.lead === null ? (leadInAddress() ?? '') : '',
    breakGlass: (lead, reason) => {
      leave()
      void desk.breakGlass(lead, reason)
    },
    leave,
  })
}

function password({ desk }: PorchlightDesk, leave: () => void): TemplateResult {
  const { account } = desk
  return passwordView({
    fault: account.fault,
    isDone: account.isPasswordChanged,
    change: (current, next) => void account.changePassword(current, next),
    leave: () => {
      leave()
      account.leave()
    },
  })
}

function sessions({ desk, now }: PorchlightDesk, leave: () => void): TemplateResult {
  const { account } = desk
  return sessionsView({
    sessions: account.sessions,
    now,
    fault: account.fault,
    isDone: account.isEnded,
    end: (given, session) => void account.endSession(given, session),
    leave: () => {
      leave()
      account.leave()
    },
  })
}

function secondFactor({ desk }: PorchlightDesk, leave: () => void): TemplateResult {
  const { account } = desk
  return factorView({
    setup: account.setup,
    recoveryCodes: account.recoveryCodes,
    fault: account.fault,
    isOn: desk.staff?.secondFactor === true,
    begin: (password) => void account.begin(password),
    remove: (password, code) =>
      void account.remove(password, code).then((isOff) => {
        if (!isOff) return
        leave()
        account.leave()
      }),
    confirm: (code) => void account.confirm(code),
    leave: () => {
      leave()
      account.leave()
    },
  })
}
