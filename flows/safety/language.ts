/**
 * The language of a sentence, heard in the service and in the visitor's page alike.
 *
 * Elsewhere small words must leave no doubt. A sentence that names danger is short, and its heavy words tell more.
 */
import { isAscii } from './normalise.ts'

type Language = 'en-US' | 'es-US'

const smallSpanish = new Set(
  'el la los las un una de del que y en por para con no es soy estoy tengo quiero necesito ayuda mi mis su hijo hija esposo esposa mama papa hola gracias usted yo me se lo le les muy mas pero si tomo bebo hablar busco como cuando donde hay puedo programa seguro años ano estamos somos estan'.split(
    ' ',
  ),
)
const smallEnglish = new Set(
  'the a an of that and in for with not is am are have has want need help my your son daughter husband wife mom dad hello hi thanks you i me it very more but yes drink talk looking how when where can do does program insurance years old we they who what please'.split(
    ' ',
  ),
)

/** The language of a sentence, when its small words leave no doubt. */
export function languageOf(text: string): Language | null {
  const all = wordsOf(text)
  const es = countOf(all, smallSpanish, smallEnglish) + (/[¿¡ñáéíóú]/i.test(text) ? 1 : 0)
  const en = countOf(all, smallEnglish, smallSpanish)
  if (es >= 2 && es > en * 2) return 'es-US'
  return en >= 2 && en > es * 2 ? 'en-US' : null
}

function countOf(words: readonly string[], list: ReadonlySet<string>, others?: ReadonlySet<string>): number {
  return words.filter((word) => list.has(word) && !others?.has(word)).length
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const spanish = set(
  'quiero quisiera morir morirme muero matar matarme mato suicidar suicidarme suicidio quitarme vida vivir vivo corte corto cortarme cortando sangre sangra sangrando sobredosis pastillas pastilla tome tomo tomado trago respira respiro respirar despierta desperta inconsciente convulsion convulsiona temblando tiemblo pecho duele pega pego golpea golpeo golpes amenaza amenazo miedo abusa abuso toca toco viola violo encierra voces pistola arma cuchillo puente bebe hijo hija nino nina esposo esposa marido novio novia padrastro papa mama hermano hermana amigo amiga ayuda ayudenme auxilio siento estoy tengo puedo aguanto mas nada nadie noche hoy ahora adios despedida',
)
const english = set(
  'want wanna kill killing killed myself die dying dead death suicide suicidal end ending life live living alive cut cutting bleeding blood overdose overdosed pills took taken breathing breathe wake awake unconscious seizure shaking chest pain hurts hits hit beats beat threatens threatened scared afraid abuse abused touches raped voices gun weapon knife bridge baby son daughter child husband wife boyfriend girlfriend stepdad brother sister friend help feel cant anymore nothing nobody tonight today now goodbye',
)

/** null where it may be either, or both. */
export function dangerLanguage(text: string): Language | null {
  const known = languageOf(text)
  if (known !== null) return known
  const words = wordsOf(text)
  const es = countOf(words, spanish)
  const en = countOf(words, english)
  if (es > 0 && en === 0) return 'es-US'
  return en > 0 && es === 0 ? 'en-US' : null
}

function wordsOf(text: string): string[] {
  const lower = isAscii(text) ? text.toLowerCase() : text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const plain = lower.replace(/[\u2018\u2019\u02bc']/g, '')
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}
