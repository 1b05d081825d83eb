/**
 * How well danger is heard, as the published protocol states it: shares with Wilson's 95 % intervals.
 *
 * The counts are of `test/safety/sealed` and `test/safety/unseen` together, which nothing was fitted on, by the
 * tables in force (`porchlight evaluate safety`); whoever changes those tables measures again and writes it here.
 */
import { escapeHtml, type Language } from './templates.ts'

interface Share {
  readonly of: 'shown' | 'heard' | 'false-alarm' | 'false-question'
  readonly count: number
  readonly all: number
}

export const measured: { readonly on: string; readonly shares: readonly Share[] } = {
  on: '2026-11-28',
  shares: [
    { of: 'shown', count: 2561, all: 2955 },
    { of: 'heard', count: 2812, all: 2955 },
    { of: 'false-alarm', count: 110, all: 3068 },
    { of: 'false-question', count: 196, all: 3068 },
  ],
}

const words = {
  en: {
    title: 'How well it hears',
    how: 'Measured on made-up messages by authors who had not seen how it works. Half speak of danger; the others were written to sound like it.',
    on: 'Measured on',
    what: 'What',
    share: 'Share, with its 95 % interval',
    count: 'Messages',
    shown: 'Danger that gets the crisis card',
    heard: 'Danger that gets the card or a direct question',
    'false-alarm': 'Harmless messages that get the card',
    'false-question': 'Harmless messages that get a direct question',
  },
  es: {
    title: 'Qué tan bien escucha',
    how: 'Se midió con mensajes inventados por autores que no habían visto cómo funciona. La mitad habla de peligro; los otros se escribieron para parecerlo.',
    on: 'Se midió el',
    what: 'Qué',
    share: 'Porcentaje, con su intervalo del 95 %',
    count: 'Mensajes',
    shown: 'Peligro que recibe la tarjeta de crisis',
    heard: 'Peligro que recibe la tarjeta o una pregunta directa',
    'false-alarm': 'Mensajes sin peligro que reciben la tarjeta',
    'false-question': 'Mensajes sin peligro que reciben una pregunta directa',
  },
} as const

export function figuresSection(language: Language): string {
  const say = words[language]
  const rows = measured.shares.map(({ of, count, all }) => {
    const [low, high] = wilson(count, all)
    const share = `${percent(count / all)} % (${percent(low)}–${percent(high)})`
    return `<tr><th scope="row">${say[of]}</th><td>${share}</td><td>${count} / ${all}</td></tr>`
  })
  const head = [say.what, say.share, say.count].map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')
  return `<h2>${say.title}</h2><p>${say.how} ${say.on} ${measured.on}.</p><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}

const percent = (share: number): string => (100 * share).toFixed(1)

/** Wilson's 95 % interval of `count` out of `all`, which is at least 1. */
export function wilson(count: number, all: number): readonly [number, number] {
  const z = 1.959964
  const share = count / all
  const whole = 1 + (z * z) / all
  const centre = share + (z * z) / (2 * all)
  const half = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all))
  return [Math.max(0, (centre - half) / whole), Math.min(1, (centre + half) / whole)]
}
