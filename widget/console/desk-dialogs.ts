/**
 * The desk's dialogs: one at a time, each over the page that it was opened from.
 */
import { nothing, type TemplateResult } from 'lit'
import { leadInAddress } from './address.ts'
import { closeView } from './close-view.ts'
import { factorView } from './factor-view.ts'
import { glassView } from './glass-view.ts'
import { keysView } from './keys-view.ts'
import { laterView } from './later-view.ts'
import { passView } from './pass-view.ts'
import type { PorchlightDesk } from './porchlight-desk.ts'

export type Dialog = 'keys' | 'close' | 'later' | 'pass' | 'factor' | 'glass'

export function dialogView(page: PorchlightDesk): TemplateResult | typeof nothing {
  const { desk, now, lettersAreOn } = page
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
      return keysView({
        lettersAreOn,
        setLetters: page.setLetters,
        askForNotices: page.askForNotices,
        secondFactor: () => {
          page.dialog = 'factor'
        },
        hasSecondFactor: desk.staff?.secondFactor === true,
        leave,
      })
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
  }
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

function secondFactor({ desk }: PorchlightDesk, leave: () => void): TemplateResult {
  const { account } = desk
  return factorView({
    setup: account.setup,
    recoveryCodes: account.recoveryCodes,
    fault: account.fault,
    begin: () => void account.begin(),
    confirm: (code) => void account.confirm(code),
    leave: () => {
      leave()
      account.leave()
    },
  })
}
