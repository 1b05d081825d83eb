/**
 * The scripts that run inside Redis: each is one atomic change or one consistent read.
 *
 * A script begins with a comment that says what it does, its KEYS and ARGV, what it returns, and
 * which parts it `uses`. KEYS holds the installation's root alone: every other key begins with it
 * and so lies in the same slot of a cluster, which is what lets a turn, its lead and its effects
 * stand together. A script that writes is refused as a whole by a Redis that is full or read-only;
 * those that make room (`allow-oom`) a full one still runs.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export interface Script {
  readonly name: string
  readonly source: string
  /** SHA-1 of the source, by which Redis knows it. */
  readonly sha: string
  readonly isReadOnly: boolean
}

export const scripts = {
  aging: read('aging'),
  beginTry: read('begin-try'),
  changeStaff: read('change-staff'),
  check: read('check'),
  claimLead: read('claim-lead'),
  commitTurn: read('commit-turn'),
  consentLedger: read('consent-ledger'),
  deadEffects: read('dead-effects'),
  emitDeskEvents: read('emit-desk-events'),
  documents: read('documents'),
  dropDocument: read('drop-document'),
  dropExpired: read('drop-expired'),
  dropLapsed: read('drop-lapsed'),
  dropQuestions: read('drop-questions'),
  endSessions: read('end-sessions'),
  endTry: read('end-try'),
  eraseConversation: read('erase-conversation'),
  giveBack: read('give-back'),
  keepLearned: read('keep-learned'),
  lapsedLeads: read('lapsed-leads'),
  leadFigures: read('lead-figures'),
  leadOf: read('lead-of'),
  listLeads: read('list-leads'),
  loadConversation: read('load-conversation'),
  openQuestions: read('open-questions'),
  pendingEffects: read('pending-effects'),
  putDocument: read('put-document'),
  putEffect: read('put-effect'),
  putSession: read('put-session'),
  putStaff: read('put-staff'),
  raiseLeads: read('raise-leads'),
  recordAudit: read('record-audit'),
  referrals: read('referrals'),
  reservations: read('reservations'),
  reserve: read('reserve'),
  reopenLead: read('reopen-lead'),
  returnLapsed: read('return-lapsed'),
  risingLeads: read('rising-leads'),
  settleEffect: read('settle-effect'),
  signedIn: read('signed-in'),
  spendCode: read('spend-code'),
  startConversation: read('start-conversation'),
  takeFromBuckets: read('take-from-buckets'),
  takeEffects: read('take-effects'),
  touchSession: read('touch-session'),
  turnByClientKey: read('turn-by-client-key'),
  underFence: read('under-fence'),
} as const satisfies Record<string, Script>

function read(name: string): Script {
  const body = text(name)
  const flags = /^-- flags: (.+)$/m.exec(body)?.[1]
  const parts = (/^-- uses: (.+)$/m.exec(body)?.[1] ?? '').split(', ').filter((part) => part !== '')
  const first = flags === undefined ? '#!lua' : `#!lua flags=${flags}`
  const source = [first, ...parts.map(text), body].join('\n')
  const sha = createHash('sha1').update(source).digest('hex')
  return { name, source, sha, isReadOnly: flags?.includes('no-writes') ?? false }
}

function text(name: string): string {
  return readFileSync(new URL(`scripts/${name}.lua`, import.meta.url), 'utf8')
}
