/**
 * The crisis resources: which of them a kind of danger shows, in which order, by region.
 *
 * Every number comes from one dated register (`hotlines.yaml`). The first resource is the one large
 * button; at most two others stand beside it, because a long list is no help.
 */
import { hotlines } from './hotlines.generated.ts'
import type { DangerLabel } from './verdict.ts'

export type HotlineRegion = 'US' | 'IN' | 'UK' | 'CA' | 'AU' | 'MX' | 'ES' | 'WORLD'

export interface Pair {
  readonly en: string
  readonly es: string
}

export interface Hotline {
  readonly id: string
  readonly name: Pair
  readonly regions: readonly HotlineRegion[]
  readonly call: string | null
  /** `word` is what one texts, where the service asks for a word. */
  readonly text: { readonly to: string; readonly word?: string; readonly wordEs?: string } | null
  readonly chat: string | null
  readonly hours: string
  readonly languages: string
  readonly source: string
  readonly status: 'verified' | 'from-memory'
  /** YYYY-MM-DD, null while nobody has checked it. */
  readonly checkedOn: string | null
  readonly expiresOn: string | null
  readonly note?: string
  /** What the call's button says where the bare number would not tell whom it reaches, or when. */
  readonly button?: Pair
}

export interface ResourceLink {
  readonly label: Pair
  /** `tel:`, `sms:` or `https:`. */
  readonly url: string
}

export interface Resource {
  readonly id: string
  readonly name: Pair
  /** Call first, then text, then chat. */
  readonly links: readonly ResourceLink[]
}

const shown: Readonly<Record<'US' | 'IN', Readonly<Record<DangerLabel, readonly string[]>>>> = {
  US: {
    suicide_passive: ['us-988', 'us-crisis-text'],
    suicide_active: ['us-988', 'us-911'],
    suicide_imminent: ['us-911', 'us-988'],
    self_harm: ['us-988', 'us-crisis-text', 'us-911'],
    harm_to_others: ['us-911', 'us-988'],
    overdose_now: ['us-911', 'us-poison'],
    withdrawal_emergency: ['us-911'],
    medical_emergency: ['us-911'],
    violence_victim: ['us-ndvh', 'us-911', 'us-rainn'],
    child_abuse: ['us-childhelp', 'us-911'],
    psychosis_danger: ['us-911', 'us-988'],
  },
  IN: {
    suicide_passive: ['in-tele-manas', 'in-112'],
    suicide_active: ['in-tele-manas', 'in-112'],
    suicide_imminent: ['in-112', 'in-tele-manas'],
    self_harm: ['in-tele-manas', 'in-112'],
    harm_to_others: ['in-112', 'in-tele-manas'],
    overdose_now: ['in-112'],
    withdrawal_emergency: ['in-112'],
    medical_emergency: ['in-112'],
    violence_victim: ['in-women', 'in-112'],
    child_abuse: ['in-childline', 'in-112'],
    psychosis_danger: ['in-112', 'in-tele-manas'],
  },
}

const byId = new Map(hotlines.map((hotline) => [hotline.id, hotline]))

/** The resources of a kind of danger in a program's region, primary first, at most three. */
export function resourcesFor(label: DangerLabel, region: 'US' | 'IN'): Resource[] {
  return shown[region][label].map((id) => resource(byId.get(id) as Hotline))
}

/** An entry of the register. @throws Error for an id that it does not hold. */
export function hotline(id: string): Hotline {
  const found = byId.get(id)
  if (!found) throw new Error(`The register holds no ${id}.`)
  return found
}

/** The emergency number of a program's region. */
export function emergencyOf(region: 'US' | 'IN'): Resource {
  return resource(byId.get(region === 'US' ? 'us-911' : 'in-112') as Hotline)
}

/** What stands in every footer: the crisis line and the emergency number, in that order. */
export function alwaysShown(region: 'US' | 'IN'): Resource[] {
  const ids = region === 'US' ? ['us-988', 'us-911'] : ['in-tele-manas', 'in-112']
  return ids.map((id) => resource(byId.get(id) as Hotline))
}

export function resource(hotline: Hotline): Resource {
  const { id, name, call, text, chat, button } = hotline
  const links = [...callLink(call, button), ...textLink(text), ...chatLink(chat)]
  return { id, name, links }
}

function callLink(call: string | null, button?: Pair): ResourceLink[] {
  if (call === null) return []
  const label = button ?? { en: `Call ${call} now`, es: `Llamar al ${call} ahora` }
  return [{ label, url: `tel:${call.replace(/[^\d+]/g, '')}` }]
}

function textLink(text: Hotline['text']): ResourceLink[] {
  if (text === null) return []
  const { to, word, wordEs = word } = text
  const en = word ? `Text ${word} to ${to}` : `Text ${to}`
  const es = wordEs ? `Enviar ${wordEs} al ${to}` : `Mensaje al ${to}`
  return [{ label: { en, es }, url: `sms:${to.replace(/[^\d+]/g, '')}` }]
}

function chatLink(chat: string | null): ResourceLink[] {
  if (chat === null) return []
  const { hostname } = new URL(chat)
  const site = hostname.replace(/^www\./, '')
  return [{ label: { en: `Chat at ${site}`, es: `Chat en ${site}` }, url: chat }]
}

export interface HotlineFinding {
  readonly id: string
  readonly severity: 'problem' | 'warning'
  readonly message: string
}

const DAY_MS = 86_400_000

/** Which entries are old or wrong. @param today - YYYY-MM-DD. */
export function checkHotlines(today: string): HotlineFinding[] {
  return hotlines.flatMap((hotline) => [...ageOf(hotline, today), ...faultsOf(hotline)])
}

function ageOf({ id, checkedOn }: Hotline, today: string): HotlineFinding[] {
  if (checkedOn === null)
    return [{ id, severity: 'warning', message: 'was never checked: confirm it with its source and set checkedOn' }]
  const days = (Date.parse(today) - Date.parse(checkedOn)) / DAY_MS
  if (days > 365)
    return [{ id, severity: 'problem', message: `was checked ${days} days ago: confirm it with its source` }]
  return days > 90
    ? [{ id, severity: 'warning', message: `was checked ${days} days ago: confirm it with its source` }]
    : []
}

/** Numbers known to be dead must never come back. */
const dead = ['8339435746', '18339435746', '18334564566']

function faultsOf(hotline: Hotline): HotlineFinding[] {
  const words = JSON.stringify(hotline)
  const found: HotlineFinding[] = []
  const fault = (message: string) => found.push({ id: hotline.id, severity: 'problem', message })
  if (/press 3|oprima (el )?3/i.test(words)) fault('"press 3" ended on 17 July 2025: remove it')
  if (dead.some((number) => words.replace(/[^\d]/g, '').includes(number)))
    fault('holds a number that is no longer in service: remove it')
  if (resource(hotline).links.length === 0) fault('has no way to reach it: give call, text or chat')
  return found
}
