/**
 * `/safety`: the crisis protocol that really runs, for everybody to read.
 *
 * Generated from the gate's labels, the hotline register and the crisis script, with the referrals
 * of each calendar year as numbers only; so the page cannot say what the product does not do.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Fit, fits, fitting } from '../../flows/safety/fitting.ts'
import { hotlines } from '../../flows/safety/hotlines.generated.ts'
import { hotline, resourcesFor } from '../../flows/safety/hotlines.ts'
import { type DangerLabel, dangerLabels } from '../../flows/safety/verdict.ts'
import type { House } from '../house.ts'
import type { ReferralCount } from '../stores/referral-port.ts'
import { figuresSection } from './safety-figures.ts'
import { escapeHtml, type Language, widgetFolder } from './templates.ts'

const labelNames: Readonly<Record<DangerLabel, Record<Language, string>>> = {
  suicide_passive: { en: 'wishing to be dead', es: 'deseos de estar muerto' },
  suicide_active: { en: 'thoughts of suicide', es: 'pensamientos de suicidio' },
  suicide_imminent: { en: 'suicide, now or with a plan', es: 'suicidio, ahora o con un plan' },
  self_harm: { en: 'hurting oneself', es: 'hacerse daño' },
  harm_to_others: { en: 'hurting somebody else', es: 'hacer daño a otra persona' },
  overdose_now: { en: 'an overdose now', es: 'una sobredosis ahora' },
  withdrawal_emergency: { en: 'dangerous withdrawal', es: 'abstinencia peligrosa' },
  medical_emergency: { en: 'a medical emergency', es: 'una emergencia médica' },
  violence_victim: { en: 'violence or threats from somebody', es: 'violencia o amenazas de alguien' },
  child_abuse: { en: 'a child being harmed', es: 'un niño o una niña en peligro' },
  psychosis_danger: {
    en: 'voices or beliefs that put somebody in danger',
    es: 'voces o ideas que ponen a alguien en peligro',
  },
}

const fitNames: Readonly<Record<Fit, Record<Language, string>>> = {
  trafficked: { en: 'being trafficked', es: 'ser víctima de trata' },
  elder: { en: 'an older adult', es: 'una persona mayor' },
  native: { en: 'being Native American', es: 'ser de un pueblo nativo' },
  mother: { en: 'a pregnancy or a new baby', es: 'un embarazo o un bebé recién nacido' },
  veteran: { en: 'military service', es: 'servicio militar' },
}

const words = {
  en: {
    title: 'What happens when someone is in danger',
    lead: 'Every message passes this check before anything else reads it: typed words, buttons and forms, at every point of the chat. No computer model can switch it off. It works without a network. The assistant is a computer program, not a person. It cannot send help.',
    listens: 'What we listen for, and what is shown first',
    heard: 'We hear',
    first: 'Shown first',
    beside: 'Beside it',
    fitting: 'Named second, beside what is shown first, where it helps with that danger:',
    said: 'Said in the chat',
    afterwards:
      'After the card the chat goes on when the visitor is ready. A person of the program is alerted until somebody answers. The chat is never ended by the assistant.',
    counts: 'Referrals by calendar year',
    countsAre:
      'A referral is a card with a number or a link, shown in a chat. Only numbers are kept. A card that was shown while nothing could be stored is not in them. Months are UTC.',
    all: 'All',
    times: 'Times',
    none: 'none yet',
    unread: 'The numbers cannot be read right now.',
    review: 'Review',
    awaiting: 'The words of the protocol are awaiting review by a clinician. Nobody has signed them yet.',
    version: 'Version of the scripts',
    register: 'The register of numbers',
    number: 'Service',
    checked: 'Last checked',
    never: 'not yet checked',
    elsewhere: 'India',
  },
  es: {
    title: 'Qué pasa cuando alguien está en peligro',
    lead: 'Cada mensaje pasa por esta revisión antes que por nada más: palabras, botones y formularios, en todo momento del chat. Ningún modelo puede apagarla. Funciona sin red. El asistente es un programa, no una persona. No puede enviar ayuda.',
    listens: 'Qué escuchamos y qué se muestra primero',
    heard: 'Escuchamos',
    first: 'Primero se muestra',
    beside: 'Al lado',
    fitting: 'Se nombra en segundo lugar, junto a lo primero, cuando ayuda con ese peligro:',
    said: 'Dicho en el chat',
    afterwards:
      'Después de la tarjeta el chat sigue cuando la persona quiera. Se avisa al personal del programa hasta que alguien responda. El asistente nunca termina el chat.',
    counts: 'Derivaciones por año',
    countsAre:
      'Una derivación es una tarjeta con un número o un enlace, mostrada en un chat. Solo se guardan números. No incluyen una tarjeta mostrada cuando no se podía guardar nada. Los meses son UTC.',
    all: 'Todas',
    times: 'Veces',
    none: 'ninguna todavía',
    unread: 'Ahora no se pueden leer los números.',
    review: 'Revisión',
    awaiting: 'Las palabras del protocolo esperan la revisión de un profesional clínico. Nadie las ha firmado todavía.',
    version: 'Versión de los guiones',
    register: 'El registro de números',
    number: 'Servicio',
    checked: 'Última comprobación',
    never: 'todavía sin comprobar',
    elsewhere: 'India',
  },
} as const

export async function safetyPage(house: House, language: Language): Promise<string> {
  const say = words[language]
  const body = [
    `<h1>${say.title}</h1><p>${say.lead}</p>`,
    `<h2>${say.listens}</h2>${protocolTable(language, 'US')}`,
    `<p>${say.fitting}</p>${fittingTable(language)}`,
    `<h3>${say.elsewhere}</h3>${protocolTable(language, 'IN')}`,
    `<p>${say.afterwards}</p>`,
    figuresSection(language),
    `<h2>${say.counts}</h2>${await counts(house, language)}`,
    `<h2>${say.register}</h2>${registerTable(language)}`,
    `<h2>${say.review}</h2><p>${say.awaiting}</p><p>${say.version}: ${escapeHtml(house.world.flows.version)}</p>`,
  ].join('\n')
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${say.title}</title>${stylesheet()}</head><body><main>${body}</main></body></html>`
}

function protocolTable(language: Language, region: 'US' | 'IN'): string {
  const say = words[language]
  const rows = dangerLabels.map((label) => {
    const [primary, ...others] = resourcesFor(label, region).map((one) => escapeHtml(one.name[language]))
    return `<tr><th scope="row">${labelNames[label][language]}</th><td>${primary}</td><td>${others.join(', ') || '–'}</td></tr>`
  })
  return table([say.heard, say.first, say.beside], rows)
}

function fittingTable(language: Language): string {
  const say = words[language]
  const rows = fits.map((fit) => {
    const name = escapeHtml(hotline(fitting[fit].id).name[language])
    const dangers = fitting[fit].labels.map((label) => labelNames[label][language]).join(', ')
    return `<tr><th scope="row">${fitNames[fit][language]}</th><td>${name}</td><td>${dangers}</td></tr>`
  })
  return table([say.said, say.number, say.heard], rows)
}

function registerTable(language: Language): string {
  const say = words[language]
  const rows = hotlines.map((one) => {
    const ways = [one.call, one.text?.to, one.chat].filter((way) => way).map((way) => escapeHtml(String(way)))
    return `<tr><th scope="row">${escapeHtml(one.name[language])}</th><td>${ways.join(' · ')}</td><td>${one.checkedOn ?? say.never}</td></tr>`
  })
  return table([say.number, 'tel · sms · web', say.checked], rows)
}

/** The whole service's numbers; what programs there are is not told. */
async function counts(house: House, language: Language): Promise<string> {
  const say = words[language]
  const counted = await house.store.referrals().catch(() => null)
  if (counted === null) return `<p>${say.unread}</p>`
  const byYear = Map.groupBy(counted, ({ month }) => month.slice(0, 4))
  const years = [...byYear].sort(([a], [b]) => (a < b ? 1 : -1)).map(([year, of]) => yearTable(year, of, language))
  return `<p>${say.countsAre}</p>${years.join('') || `<p>${say.none}</p>`}`
}

function yearTable(year: string, counted: readonly ReferralCount[], language: Language): string {
  const say = words[language]
  const byKind = Map.groupBy(counted, ({ label, resource }) => `${label}|${resource}`)
  const rows = [...byKind.values()].map((of) => {
    const { label, resource } = of[0]!
    const name = hotlines.find(({ id }) => id === resource)?.name[language] ?? resource
    return `<tr><th scope="row">${labelNames[label][language]}</th><td>${escapeHtml(name)}</td><td>${sum(of)}</td></tr>`
  })
  const total = `<tr><th scope="row">${say.all}</th><td>–</td><td>${sum(counted)}</td></tr>`
  return `<h3>${escapeHtml(year)}</h3>${table([say.heard, say.first, say.times], [...rows, total])}`
}

function sum(counted: readonly ReferralCount[]): number {
  return counted.reduce((total, { count }) => total + count, 0)
}

function table(heads: readonly string[], rows: readonly string[]): string {
  return `<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}

/** The stylesheet that the demo page was built with; the page reads well without it too. */
function stylesheet(): string {
  try {
    const demo = readFileSync(join(widgetFolder, 'demo.html'), 'utf8')
    return [...demo.matchAll(/<link rel="stylesheet"[^>]*>/g)].map(([link]) => link).join('')
  } catch {
    return ''
  }
}
